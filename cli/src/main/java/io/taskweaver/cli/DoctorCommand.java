package io.taskweaver.cli;

import io.taskweaver.agents.Capabilities;
import io.taskweaver.agents.DescribedAgents;
import io.taskweaver.agents.command.Sandbox;
import io.taskweaver.agents.command.SandboxMode;
import io.taskweaver.agents.command.SandboxSettings;
import io.taskweaver.cli.runtime.DataFolderTrust;
import io.taskweaver.cli.runtime.RuntimeLog;
import io.taskweaver.cli.runtime.RuntimeProblem;
import io.taskweaver.client.Connection;
import io.taskweaver.client.SystemUnavailable;
import io.taskweaver.model.event.ExecutorHeartbeat;
import io.taskweaver.wire.Topics;
import io.taskweaver.wire.connection.BrokerDiagnosis;
import io.taskweaver.wire.connection.ConnectionProblem;
import io.taskweaver.wire.connection.RegistryDiagnosis;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.logging.LogManager;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code taskweaver doctor}: what is right, what is wrong, and what to do. */
@Command(
        name = "doctor",
        description = {
            "Checks this machine, the local runtime or a cluster.",
            "Prints one line per check, with a remedy for each problem."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:no problems", "4:at least one problem"})
final class DoctorCommand implements Callable<Integer> {
    private static final int OLDEST_JDK = 25;

    @Mixin
    private SystemOptions system;

    private final CommandContext context;
    private boolean wrong;
    private boolean trusted = true;

    DoctorCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        jdk();
        ports();
        var cluster = system.cluster();
        if (cluster.isEmpty()) {
            dataFolder();
            checks();
            agents();
            sandbox();
        }
        var connection = trusted ? cluster.or(this::runtime) : cluster;
        connection.ifPresent(this::cluster);
        credentials();
        return wrong ? ExitCode.NO_RUNTIME : ExitCode.DONE;
    }

    private void jdk() {
        int feature = Runtime.version().feature();
        if (feature >= OLDEST_JDK) ok("JDK", Runtime.version() + " in " + System.getProperty("java.home"));
        else wrong("JDK", "version " + feature + " is too old", "Install JDK " + OLDEST_JDK + " or newer.");
    }

    private void ports() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ok("ports", "free ports can be bound on " + socket.getInetAddress().getHostAddress());
        } catch (IOException e) {
            wrong("ports", "no port can be bound on the loopback interface: " + e.getMessage(), "Check the firewall.");
        }
    }

    private void dataFolder() {
        var folder = system.dataDir();
        var existing = folder;
        while (existing != null && !Files.exists(existing)) existing = existing.getParent();
        if (existing == null || !Files.isDirectory(existing) || !Files.isWritable(existing)) {
            wrong("data folder", folder + " is not writable", "Name another folder with --data-dir.");
            return;
        }
        try {
            DataFolderTrust.check(folder);
        } catch (RuntimeProblem problem) {
            trusted = false;
            wrong("data folder", problem.getMessage(), problem.hint());
            return;
        }
        try {
            long free = Files.getFileStore(existing).getUsableSpace() / (1024 * 1024);
            if (free < 500)
                wrong("data folder", folder + " has only " + free + " MiB of free space", "Free some disk space.");
            else
                ok(
                        "data folder",
                        folder + (Files.exists(folder) ? "" : " (created when needed)") + ", " + free + " MiB free");
        } catch (IOException e) {
            wrong("data folder", e.getMessage(), "Name another folder with --data-dir.");
        }
    }

    /** By the code that an executor goes by. */
    private void checks() {
        var lacks = capabilities().withoutContractChecks();
        if (lacks.isEmpty()) ok("checks", "contracts and results are checked in " + workFolder());
        for (var lack : lacks) wrong("checks", "results cannot be checked: " + lack.problem(), lack.remedy());
    }

    private void agents() {
        var lacks = capabilities().withoutCommands();
        var described = AgentChoice.described(context);
        var installed = described.known(context.environment()).stream()
                .filter(agent -> agent.installed() && described.isCommand(agent.name()))
                .map(DescribedAgents.Known::name)
                .collect(Collectors.joining(", "));
        if (lacks.isEmpty())
            ok(
                    "agents",
                    "Git and Bash are installed; command-line agents: "
                            + (installed.isEmpty() ? "none installed" : installed));
        for (var lack : lacks)
            if (installed.isEmpty())
                ok("agents", lack.problem() + " Only command-line agents need it, and none is installed.");
            else wrong("agents", installed + " cannot be used: " + lack.problem(), lack.remedy());
    }

    /** None is no fault: commands run without one unless somebody insists on it. */
    private void sandbox() {
        var sandbox = Sandbox.of(SandboxMode.AUTO, SandboxSettings.USUAL, context.environment());
        ok(
                "sandbox",
                sandbox.isOn()
                        ? sandbox.about() + " works"
                        : sandbox.about() + "; commands run with all rights of this user");
    }

    private Capabilities capabilities() {
        return Capabilities.of(workFolder(), context.environment());
    }

    private Path workFolder() {
        return context.variable("TASKWEAVER_EXECUTOR_WORK").map(Path::of).orElseGet(Capabilities::usualWorkFolder);
    }

    private Optional<Connection> runtime() {
        var settings = system.runtime(context);
        if (!Files.isRegularFile(settings.jar()))
            wrong("runtime", "not built: " + settings.jar() + " is missing", "Run ./taskweaver, which builds it.");
        var found = system.foundRuntime();
        if (found.isEmpty()) {
            var log = new RuntimeLog(system.dataDir()).file();
            ok("runtime", "not running; run starts it" + (Files.exists(log) ? "; its last log is " + log : ""));
            return Optional.empty();
        }
        var file = found.get().file();
        ok("runtime", "running as process " + file.pid() + ", " + file.http());
        return Optional.of(system.connection());
    }

    private void cluster(Connection connection) {
        LogManager.getLogManager().reset();
        RegistryDiagnosis.check(connection.cluster())
                .ifPresentOrElse(problem -> wrong("registry", problem), () -> ok("registry", connection.registryUrl()));
        var broker = BrokerDiagnosis.check(connection.cluster());
        if (broker.isPresent()) {
            wrong("broker", broker.get());
            return;
        }
        ok("broker", connection.bootstrap());
        try (var taskWeaver = SystemOptions.open(connection, context)) {
            var feed = taskWeaver.events(Topics.all(), Optional.empty(), false);
            feed.close();
            ok("topics", "all " + Topics.all().size() + " exist");
            var executors = taskWeaver.executors();
            if (executors.isEmpty())
                wrong("executors", "none is running", "Start one: without an executor no task runs.");
            executors.forEach(this::executor);
        } catch (SystemUnavailable e) {
            wrong("topics", new ConnectionProblem(String.valueOf(e.getMessage()), e.hint()));
        }
    }

    private void executor(ExecutorHeartbeat executor) {
        var what = executor.executor() + ": " + executor.running().size() + " of " + executor.slots()
                + " slots in use, agents " + String.join(", ", executor.agents());
        switch (executor.state()) {
            case ACTIVE ->
                executor.reason()
                        .ifPresentOrElse(
                                lacks -> wrong("executor", what + ", limited", lacks), () -> ok("executor", what));
            case DRAINING -> ok("executor", what + ", draining");
            case HALTED ->
                wrong("executor", what + ", halted", executor.reason().orElse("See its log."));
        }
    }

    private void credentials() {
        boolean token = context.variable(AgentChoice.TOKEN).isPresent();
        boolean organisation = context.variable(AgentChoice.ORGANISATION).isPresent();
        if (token && organisation) ok("credentials", "set for the agent codegen");
        else if (!token && !organisation)
            ok(
                    "credentials",
                    "not set: the simulated agent is used; for codegen set " + AgentChoice.TOKEN + " and "
                            + AgentChoice.ORGANISATION);
        else
            wrong(
                    "credentials",
                    "only " + (token ? AgentChoice.TOKEN : AgentChoice.ORGANISATION) + " is set",
                    "Set " + (token ? AgentChoice.ORGANISATION : AgentChoice.TOKEN) + " too.");
    }

    private void ok(String what, String text) {
        context.out().println(context.style().good("ok     ") + String.format("  %-12s %s", what, text));
    }

    private static String sentence(@Nullable String text) {
        return text == null || text.endsWith(".") ? String.valueOf(text) : text + ".";
    }

    private void wrong(String what, ConnectionProblem problem) {
        wrong(what, problem.message(), problem.hint());
    }

    private void wrong(String what, @Nullable String text, String hint) {
        wrong = true;
        context.out()
                .println(context.style().bad("problem") + String.format("  %-12s %s %s", what, sentence(text), hint));
    }
}
