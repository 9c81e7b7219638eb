package io.taskweaver.cli;

import io.taskweaver.cli.runtime.LocalRuntime;
import io.taskweaver.client.ConnectionFile;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code taskweaver up}: a runtime that stays. */
@Command(
        name = "up",
        description = "Starts the local runtime and keeps it running: broker, schema registry and all services.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        sortOptions = false)
final class UpCommand implements Callable<Integer> {
    @Option(
            names = "--http-port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "Port of the services (default: a free one, kept from then on).")
    private int httpPort;

    @Option(
            names = "--broker-port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "Port of the Kafka broker (default: a free one, kept from then on).")
    private int brokerPort;

    @Option(
            names = "--registry-port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "Port of the schema registry (default: a free one, kept from then on).")
    private int registryPort;

    @Mixin
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private ExecutorOptions executor;

    @Mixin
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private TemplateOptions templates;

    @Mixin
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private SystemOptions system;

    private final Surroundings surroundings;

    UpCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        if (system.cluster().isPresent())
            throw new CommandFailure(
                    ExitCode.BAD_INPUT,
                    "A cluster is not started from here.",
                    "Leave --bootstrap, --config and --cluster out.");
        templates.check();
        InterruptWatch.begin(() -> {});
        var settings = system.runtime(
                surroundings,
                port("--http-port", httpPort),
                port("--broker-port", brokerPort),
                port("--registry-port", registryPort),
                templates.folder(),
                executor.read());
        try (var runtime =
                LocalRuntime.use(settings, true, surroundings.out()::println, InterruptWatch::isInterrupted)) {
            if (!templates.fit(runtime)) throw templates.otherwiseStarted();
            var out = surroundings.out();
            var file = runtime.file();
            out.println(runtime.wasStarted() ? "up" : "was up already");
            out.println("  services  " + file.http());
            out.println("  broker    " + file.bootstrap());
            out.println("  registry  " + file.registry());
            out.println("  clients   " + settings.dataFolder().resolve(ConnectionFile.OF_RUNTIME)
                    + " (login of your own programs; keep it secret)");
            out.println("  data      " + settings.dataFolder());
            out.println("  log       " + runtime.log().file());
            out.println("Stop it with: taskweaver down" + system.arguments());
        }
        return ExitCode.DONE;
    }

    private static OptionalInt port(String option, int value) {
        if (value < 0 || value > 65535)
            throw new CommandFailure(ExitCode.BAD_INPUT, option + " is " + value + ".", "Ports go from 1 to 65535.");
        return value == 0 ? OptionalInt.empty() : OptionalInt.of(value);
    }
}
