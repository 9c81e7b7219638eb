package io.taskweaver.cli;

import io.taskweaver.client.EventJson;
import io.taskweaver.model.PlanId;
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
        description = {"Prints the records of topics as JSON lines.", "Follows the topics until Ctrl-C."})
final class EventsCommand implements Callable<Integer> {
    private static final Duration POLL_TIMEOUT = Duration.ofMillis(200);

    @Parameters(
            paramLabel = "TOPIC",
            arity = "0..*",
            description = "Topic names without prefix, e.g. task-completed (default: all except executor-heartbeat).")
    private List<String> names = List.of();

    @Option(names = "--plan", paramLabel = "ID", description = "Only records of this plan.")
    private @Nullable PlanId plan;

    @Option(names = "--from-beginning", description = "Start with the oldest record (default: with the next).")
    private boolean fromBeginning;

    @Option(names = "--once", description = "Print the existing records and exit.")
    private boolean once;

    @Mixin
    private SystemOptions system;

    private final CommandContext context;

    EventsCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        var topics = topics();
        InterruptWatch.begin(() -> {});
        var out = context.out();
        var connection = system.connection();
        var mayAnswer = system.mayAnswer();
        try (var taskWeaver = SystemOptions.open(connection, context);
                var feed = taskWeaver.events(topics, Optional.ofNullable(plan), fromBeginning || once)) {
            while (!InterruptWatch.isInterrupted() && !out.checkError() && !(once && feed.isCaughtUp())) {
                boolean isThere = mayAnswer.getAsBoolean();
                var records = feed.poll(POLL_TIMEOUT);
                for (var received : records) out.println(EventJson.of(received));
                if (records.isEmpty() && !isThere) throw system.ended("");
            }
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
                    .orElseThrow(() -> CommandFailure.badInput(
                            "There is no topic " + name + ".",
                            "Topics: " + Topics.all().stream().map(Topic::name).collect(Collectors.joining(", ")))));
        return chosen;
    }
}
