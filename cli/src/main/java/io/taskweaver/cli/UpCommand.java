package io.taskweaver.cli;

import io.taskweaver.cli.runtime.LocalRuntime;
import io.taskweaver.cli.runtime.RuntimeSettings;
import io.taskweaver.client.ConnectionFile;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code taskweaver up}: a runtime that stays. */
@Command(
        name = "up",
        description = {
            "Starts the local runtime: broker, schema registry and all services.",
            "It runs until taskweaver down. Does nothing if it is running already."
        })
final class UpCommand implements Callable<Integer> {
    @Option(
            names = "--http-port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "Port of the REST API (default: the port of the last start, else a free one).")
    private int httpPort;

    @Option(
            names = "--broker-port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "Port of the Kafka broker (default: as above).")
    private int brokerPort;

    @Option(
            names = "--registry-port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "Port of the schema registry (default: as above).")
    private int registryPort;

    @Mixin
    private TemplateOptions templates;

    @Mixin
    private DataFolderOption dataFolder;

    @Mixin
    private ExecutorOptions executor;

    @Mixin
    private SandboxOption sandbox;

    private final CommandContext context;

    UpCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        templates.check();
        sandbox.checkHere(context);
        InterruptWatch.begin(() -> {});
        var settings = new RuntimeSettings(
                context.home(),
                dataFolder.path(),
                port("--http-port", httpPort),
                port("--broker-port", brokerPort),
                port("--registry-port", registryPort),
                templates.folder(),
                executor.read(sandbox),
                context.environment());
        try (var runtime = LocalRuntime.use(settings, true, context.out()::println, InterruptWatch::isInterrupted)) {
            if (!templates.fit(runtime)) throw templates.otherwiseStarted();
            if (!sandbox.fits(runtime)) throw sandbox.otherwiseStarted();
            var out = context.out();
            var file = runtime.file();
            out.println(runtime.wasStarted() ? "The runtime is running." : "The runtime was running already.");
            out.println("  services  " + file.http());
            out.println("  broker    " + file.bootstrap());
            out.println("  registry  " + file.registry());
            out.println("  clients   " + settings.dataFolder().resolve(ConnectionFile.OF_RUNTIME)
                    + " (login for your own programs; keep it secret)");
            out.println("  data      " + settings.dataFolder());
            out.println("  log       " + runtime.log().file());
            out.println("Stop it with: taskweaver down" + dataFolder.argument());
        }
        return ExitCode.DONE;
    }

    private static OptionalInt port(String option, int value) {
        if (value < 0 || value > 65535)
            throw CommandFailure.badInput(option + " is " + value + ".", "Use a port from 1 to 65535.");
        return value == 0 ? OptionalInt.empty() : OptionalInt.of(value);
    }
}
