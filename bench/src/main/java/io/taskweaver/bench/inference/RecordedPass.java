package io.taskweaver.bench.inference;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.taskweaver.client.refine.RefinementAnswer;
import io.taskweaver.scheduling.inference.PairSelection.Pair;
import io.taskweaver.scheduling.inference.UnsurePairs;
import io.taskweaver.scheduling.refine.Answers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The planning pass over labelled plans, with what a reader answered before: {@code NAME.answer.json} of a folder, as agents
 * answer. What is asked about a plan is written beside it, {@code NAME.ORDER.questions.json}.
 */
final class RecordedPass {
    private final Path folder;
    private final ObjectMapper json = new ObjectMapper();
    private int asked;
    private int answered;

    /** @param folder of the answers */
    RecordedPass(Path folder) {
        this.folder = folder;
    }

    /** The pairs once what is unsure of them is answered; without an answer a pair is what it was. */
    List<Pair> refined(HeldOut.Judged judged, double[] confidences, List<Pair> taken, String order) {
        var plan = judged.plan();
        var unsure = UnsurePairs.of(judged.evidence(), confidences, taken);
        var answers = answers(plan);
        var dropped = new HashSet<Integer>();
        var added = new ArrayList<Pair>();
        var planned = new HashSet<Integer>();
        for (var pair : taken) planned.add(pair.index());
        for (var pair : unsure) {
            var verdict =
                    answers.get(plan.ids().get(pair.of()) + " " + plan.ids().get(pair.on()));
            asked++;
            if (verdict == null) continue;
            answered++;
            boolean has = planned.contains(pair.index());
            if (has && verdict != Answers.Verdict.NEEDED) dropped.add(pair.index());
            else if (!has && verdict == Answers.Verdict.NEEDED) added.add(pair);
        }
        write(plan, unsure, planned, order);
        var refined = new ArrayList<>(added);
        for (var pair : taken) if (!dropped.contains(pair.index())) refined.add(pair);
        refined.sort(Comparator.comparingInt(Pair::of).thenComparingInt(Pair::on));
        return refined;
    }

    /** How much was asked, and answered, as the members of a JSON object. */
    String counts() {
        return "\"asked\":" + asked + ",\"answered\":" + answered;
    }

    /** Verdicts by the ids of the two tasks. */
    private Map<String, Answers.Verdict> answers(LabelledPlan plan) {
        var file = folder.resolve(plan.name() + ".answer.json");
        var verdicts = new HashMap<String, Answers.Verdict>();
        if (!Files.exists(file)) return verdicts;
        try {
            RefinementAnswer.read(Files.readString(file))
                    .answers()
                    .ifPresent(answers -> answers.needs()
                            .forEach(need -> verdicts.put(need.task() + " " + need.on(), need.verdict())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return verdicts;
    }

    private void write(LabelledPlan plan, List<Pair> unsure, Set<Integer> planned, String order) {
        var document = json.createObjectNode();
        var tasks = document.putArray("tasks");
        for (int i = 0; i < plan.ids().size(); i++)
            tasks.addObject()
                    .put("id", plan.ids().get(i))
                    .put("title", plan.subjects().get(i).title())
                    .put("text", plan.subjects().get(i).text());
        needs(document.putArray("needs"), plan, unsure, planned);
        try {
            Files.writeString(
                    folder.resolve(plan.name() + "." + order + ".questions.json"), document.toPrettyString() + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void needs(ArrayNode needs, LabelledPlan plan, List<Pair> unsure, Set<Integer> planned) {
        for (var pair : unsure)
            needs.addObject()
                    .put("task", plan.ids().get(pair.of()))
                    .put("on", plan.ids().get(pair.on()))
                    .put("planned", planned.contains(pair.index()))
                    .put("confidence", Math.round(pair.likelihood() * 100) / 100.0);
    }
}
