package io.taskweaver.bench;

import io.taskweaver.model.Document;
import io.taskweaver.model.Plan;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.PlanOptions;
import io.taskweaver.model.Submission;
import io.taskweaver.requirements.analysis.Analyst;
import io.taskweaver.scheduling.planning.Planner;
import io.taskweaver.scheduling.planning.Planning;
import io.taskweaver.scheduling.priority.Priorities;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * What it takes to read and plan large documents. They are generated with fixed seeds: 20 requirements to a component, each
 * about a thing of its own, one in five naming another component, one in five stating a dependency; short, so that 100,000
 * fit into a submission (5 MiB). Prints a JSON line
 * for each size and round: {@code {bench, requirements, document_kb, round, read_ms, plan_ms, order_ms, heap_mb}}; {@code
 * plan} is all from the text to the validated plan, reading and inference included; {@code order} its order of dispatch on
 * 8 agents, with slack and what waits for each. Round 1 is cold only for the first size.
 *
 * <p>Usage: {@code PlanningScale [SIZE...]}.
 */
public final class PlanningScale {
    private static final int ROUNDS = 4;
    private static final int TO_A_COMPONENT = 20;
    private static final int AGENTS = 8;
    private static final String[] VERBS =
            "create list export archive approve search import validate notify schedule".split(" ");
    private static final String[] THINGS =
            ("invoice booking ledger parcel voucher contract shipment meter ticket roster asset claim"
                            + " quota permit route batch recipe survey lease audit")
                    .split(" ");

    private PlanningScale() {}

    /** Entry point. */
    public static void main(String[] arguments) {
        int[] sizes = arguments.length == 0
                ? new int[] {1_000, 10_000, 100_000}
                : Arrays.stream(arguments).mapToInt(Integer::parseInt).toArray();
        for (int size : sizes) {
            var document = new Document("REQUIREMENTS.md", text(size));
            for (int round = 1; round <= ROUNDS; round++) measure(document, size, round);
        }
    }

    private static void measure(Document document, int size, int round) {
        long start = System.nanoTime();
        int read = Analyst.analyse(document).requirements().size();
        long wasRead = System.nanoTime();
        var plan = plan(document);
        long planned = System.nanoTime();
        int ordered = Priorities.of(plan, AGENTS).tasks().size();
        long end = System.nanoTime();
        long heap = BenchFigures.heap();
        if (read != size || ordered < size) throw new IllegalStateException(read + " read, " + ordered + " ordered");
        System.out.printf(
                Locale.ROOT,
                "{\"bench\":\"planning\",\"requirements\":%d,\"document_kb\":%d,\"round\":%d,\"read_ms\":%.0f,"
                        + "\"plan_ms\":%.0f,\"order_ms\":%.0f,\"heap_mb\":%d}%n",
                size,
                document.content().length() / 1024,
                round,
                (wasRead - start) / 1e6,
                (planned - wasRead) / 1e6,
                (end - planned) / 1e6,
                heap >> 20);
    }

    private static Plan plan(Document document) {
        var submission =
                new Submission(new PlanId("p"), List.of(document), Optional.empty(), List.of(), PlanOptions.DEFAULT);
        return switch (Planner.plan(submission)) {
            case Planning.Planned planned -> planned.plan();
            case Planning.Rejected rejected -> throw new IllegalStateException(rejected.toString());
        };
    }

    private static String text(int size) {
        var random = new SplittableRandom(size);
        var text = new StringBuilder("# A large system\n");
        for (int i = 0; i < size; i++) {
            if (i % TO_A_COMPONENT == 0)
                text.append("\n## ").append(component(i / TO_A_COMPONENT)).append("\n\n");
            text.append("- FR-").append(i + 1).append(": ").append(VERBS[random.nextInt(VERBS.length)]);
            text.append(" the ").append(thing(i / TO_A_COMPONENT, random));
            if (i >= TO_A_COMPONENT && random.nextInt(5) == 0)
                text.append(" of ").append(component(random.nextInt(i / TO_A_COMPONENT)));
            if (i > 0 && random.nextInt(5) == 0)
                text.append(" (after FR-")
                        .append(1 + random.nextInt(Math.max(0, i - 200), i))
                        .append(')');
            text.append('\n');
        }
        return text.toString();
    }

    private static String component(int number) {
        var first = THINGS[number % THINGS.length];
        return Character.toUpperCase(first.charAt(0)) + first.substring(1) + " Desk " + letters(number / THINGS.length);
    }

    private static String thing(int component, SplittableRandom random) {
        return THINGS[random.nextInt(THINGS.length)] + " " + letters(component);
    }

    private static String letters(int number) {
        var word = BenchFigures.word(number);
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }
}
