package io.taskweaver.cli;

import io.taskweaver.client.EventJson;
import io.taskweaver.domain.plan.PlanId;
import io.taskweaver.wire.Topic;
import io.taskweaver.wire.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code taskweaver events}: the topics themselves. */
@Command(
        name = "events",
        description = "Prints the records of topics as JSON, one a line, and goes on until Ctrl-C.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        sortOptions = false)
final class EventsCommand implements Callable<Integer> {
    private static final Duration BEAT = Duration.ofMillis(200);

    @Parameters(
            paramLabel = "TOPIC",
            arity = "0..*",
            description = "Topics without prefix, e.g. task-completed (default: all but executor-heartbeat).")
    private List<String> names = List.of();

    @Option(names = "--plan", paramLabel = "ID", description = "Only records of this plan.")
    private @Nullable PlanId plan;

    @Option(
            names = "--from-beginning",
            description = "From the oldest record that the broker still has (default: from now on).")
    private boolean fromBeginning;

    @Option(names = "--once", description = "Stop when everything that is there has been printed.")
    private boolean once;

    @Mixin
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private SystemOptions system;

    private final Surroundings surroundings;

    EventsCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        var topics = topics();
        InterruptWatch.begin(() -> {});
        var out = surroundings.out();
        try (var taskWeaver = SystemOptions.open(system.connection(), surroundings);
                var feed = taskWeaver.events(topics, Optional.ofNullable(plan), fromBeginning || once)) {
            while (!InterruptWatch.isInterrupted() && !out.checkError() && !(once && feed.isCaughtUp()))
                for (var received : feed.poll(BEAT)) out.println(EventJson.of(received));
        }
        return InterruptWatch.isInterrupted() ? ExitCode.INTERRUPTED : ExitCode.DONE;
    }

    private List<Topic<?>> topics() {
        if (names.isEmpty())
            return Topics.all().stream()
                    .filter(topic -> topic.key() != Topic.Key.EXECUTOR)
                    .<Topic<?>>map(topic -> topic)
                    .toList();
        var chosen = new ArrayList<Topic<?>>();
        for (var name : names)
            chosen.add(Topics.all().stream()
                    .filter(topic -> topic.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new CommandFailure(
                            ExitCode.BAD_INPUT,
                            "There is no topic " + name + ".",
                            "Topics: " + Topics.all().stream().map(Topic::name).collect(Collectors.joining(", ")))));
        return chosen;
    }
}
