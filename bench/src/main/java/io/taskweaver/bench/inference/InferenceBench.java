package io.taskweaver.bench.inference;

import io.taskweaver.scheduling.inference.Inference;
import io.taskweaver.scheduling.inference.PairSelection;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * {@code cross FOLDER [ANSWERS]} judges each labelled plan by what was learned from the others, and with a folder of recorded
 * answers also what the planning pass makes of it; {@code measure FOLDER} judges plans
 * by what is shipped; {@code documents FOLDER LABELS DOCUMENTS} judges each labelled document by what was learned from the
 * others and the plans; {@code train FOLDER FILE LABELS DOCUMENTS} learns from all and writes what is shipped. Figures are
 * JSON lines.
 */
public final class InferenceBench {
    private static final int BINS = 10;
    /** The plan with the most edges, left out of the second pooled figure. */
    private static final String DENSE = "003";

    private static final long SEED = 20_250_101;

    private InferenceBench() {}

    public static void main(String[] args) throws IOException {
        var mode = args.length > 1 ? args[0] : "";
        var plans = args.length > 1 ? LabelledPlan.in(Path.of(args[1])) : List.<LabelledPlan>of();
        if (mode.equals("cross")) {
            var answers = args.length > 2 ? Optional.of(Path.of(args[2])) : Optional.<Path>empty();
            cross(plans, plans, true, answers, System.out);
            cross(plans, shuffled(plans), false, answers, System.out);
        } else if (mode.equals("measure")) {
            measure(plans, Inference.Order.LISTED, System.out);
            measure(shuffled(plans), Inference.Order.NONE, System.out);
        } else if (mode.equals("documents") && args.length > 3) {
            documents(plans, args[2], args[3]).cross(System.out);
        } else if (mode.equals("train") && args.length > 4) {
            var document = documents(plans, args[3], args[4]).learn();
            Files.writeString(
                    Path.of(args[2]),
                    "# Learned from labelled plans and documents by: bench/run inference train FOLDER FILE LABELS"
                            + " DOCUMENTS\n\n"
                            + InferenceTraining.learn(plans, document).text());
        } else {
            System.err.println("usage: cross FOLDER [ANSWERS] | measure FOLDER | documents FOLDER LABELS DOCUMENTS"
                    + " | train FOLDER FILE LABELS DOCUMENTS");
            System.exit(2);
        }
    }

    private static DocumentTraining documents(List<LabelledPlan> plans, String labels, String documents)
            throws IOException {
        return new DocumentTraining(LabelledDocument.in(Path.of(labels), Path.of(documents)), plans);
    }

    private static List<LabelledPlan> shuffled(List<LabelledPlan> plans) {
        var shuffled = new ArrayList<LabelledPlan>();
        for (int i = 0; i < plans.size(); i++) shuffled.add(plans.get(i).shuffled(SEED + i));
        return shuffled;
    }

    private static void cross(
            List<LabelledPlan> given,
            List<LabelledPlan> plans,
            boolean listed,
            Optional<Path> answers,
            PrintStream out) {
        var held = new HeldOut(plans, new InferenceTraining(given, plans, listed));
        var tunings = new ArrayList<HeldOut.Tuning>();
        for (int plan = 0; plan < plans.size(); plan++) tunings.add(held.tuning(plan));
        print(
                plans,
                listed ? "listed" : "shuffled",
                "held out",
                plan -> HeldOut.taken(held.all.get(plan), tunings.get(plan)),
                out);
        reliability(held, tunings, listed ? "listed" : "shuffled", out);
        if (answers.isPresent()) refined(held, tunings, listed ? "listed" : "shuffled", answers.get(), out);
    }

    private static void refined(
            HeldOut held, List<HeldOut.Tuning> tunings, String order, Path answers, PrintStream out) {
        var pass = new RecordedPass(answers);
        print(
                held.all.stream().map(HeldOut.Judged::plan).toList(),
                order,
                "held out, refined",
                plan -> {
                    var judged = held.all.get(plan);
                    var tuning = tunings.get(plan);
                    return pass.refined(
                            judged, HeldOut.confidences(judged, tuning), HeldOut.taken(judged, tuning), order);
                },
                out);
        out.println("{\"order\":\"" + order + "\"," + pass.counts() + "}");
    }

    private static void measure(List<LabelledPlan> plans, Inference.Order order, PrintStream out) {
        print(
                plans,
                order == Inference.Order.LISTED ? "listed" : "shuffled",
                "shipped",
                plan -> Inference.edges(plans.get(plan).subjects(), order).stream()
                        .map(edge -> new PairSelection.Pair(edge.of(), edge.on(), 0, edge.confidence()))
                        .toList(),
                out);
    }

    private static void print(
            List<LabelledPlan> plans,
            String order,
            String weights,
            IntFunction<List<PairSelection.Pair>> found,
            PrintStream out) {
        var pooled = new Score();
        var rest = new Score();
        var head = "{\"order\":\"" + order + "\",\"weights\":\"" + weights + "\",\"plan\":\"";
        for (int plan = 0; plan < plans.size(); plan++) {
            var pairs = found.apply(plan);
            var own = new Score();
            own.add(plans.get(plan), pairs);
            pooled.add(plans.get(plan), pairs);
            if (!plans.get(plan).name().equals(DENSE)) rest.add(plans.get(plan), pairs);
            out.println(head + plans.get(plan).name() + "\"," + own.json() + "}");
        }
        out.println(head + "all\"," + pooled.json() + "}");
        out.println(head + "all but " + DENSE + "\"," + rest.json() + "}");
    }

    /** Of the pairs with about one confidence, how many are right; and the mean difference (expected calibration error). */
    private static void reliability(HeldOut held, List<HeldOut.Tuning> tunings, String order, PrintStream out) {
        var count = new int[BINS];
        var right = new int[BINS];
        var sum = new double[BINS];
        int pairs = 0;
        for (int plan = 0; plan < held.all.size(); plan++) {
            var judged = held.all.get(plan);
            for (int of = 0; of < judged.evidence().subjects(); of++)
                for (int pair = judged.evidence().first(of);
                        pair < judged.evidence().first(of + 1);
                        pair++) {
                    double confidence = tunings.get(plan).confidence(judged.likelihoods()[pair]);
                    int bin = Math.min(BINS - 1, (int) (confidence * BINS));
                    pairs++;
                    count[bin]++;
                    sum[bin] += confidence;
                    if (judged.isRight(of, judged.evidence().on(pair))) right[bin]++;
                }
        }
        double error = 0;
        for (int bin = 0; bin < BINS; bin++) {
            if (count[bin] == 0) continue;
            error += Math.abs(sum[bin] - right[bin]) / pairs;
            out.printf(
                    Locale.ROOT,
                    "{\"order\":\"%s\",\"confidence\":%.3f,\"right\":%.3f,\"pairs\":%d}%n",
                    order,
                    sum[bin] / count[bin],
                    (double) right[bin] / count[bin],
                    count[bin]);
        }
        out.printf(Locale.ROOT, "{\"order\":\"%s\",\"expected_calibration_error\":%.4f}%n", order, error);
    }
}
