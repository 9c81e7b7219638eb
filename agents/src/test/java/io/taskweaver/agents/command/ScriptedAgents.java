package io.taskweaver.agents.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.agents.AgentCode;
import io.taskweaver.agents.Assignment;
import io.taskweaver.agents.Attempt;
import io.taskweaver.agents.CodingAgent;
import io.taskweaver.agents.Creation;
import io.taskweaver.agents.Outcome;
import io.taskweaver.agents.SpecFiles;
import io.taskweaver.code.CodeRepository;
import io.taskweaver.model.CodeResult;
import io.taskweaver.model.EntryChange;
import io.taskweaver.model.FileEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** Agents that are a script of bash, and code for them to work on. */
final class ScriptedAgents implements AutoCloseable {
    static final long LIMIT = 1 << 20;
    static final Sandbox NO_SANDBOX = Sandbox.none("not in this test");

    private final Path folder;
    private final List<CodingAgent> agents = new ArrayList<>();
    private @Nullable CodeRepository repository;
    private Sandbox sandbox = NO_SANDBOX;

    ScriptedAgents(Path folder) {
        this.folder = folder;
    }

    /** What a result did to a path; texts of a link are its target. */
    record Change(String path, Optional<String> before, Optional<String> after) {}

    static Change change(String path, @Nullable String before, @Nullable String after) {
        return new Change(path, Optional.ofNullable(before), Optional.ofNullable(after));
    }

    /** The same; agents made from now on run in a sandbox. */
    ScriptedAgents in(Sandbox where) {
        sandbox = where;
        return this;
    }

    CommandAgent agent(String script, Map<String, String> variables, String... more) {
        try {
            var files = Files.createDirectories(folder.resolve("agents"));
            var file = files.resolve("script.sh");
            Files.writeString(file, script);
            Files.writeString(
                    files.resolve("fake.yaml"),
                    "command: [bash, '" + file + "']\nstdin: '{prompt}'\n" + String.join("\n", more) + "\n");
            var environment = new HashMap<>(System.getenv());
            environment.putAll(variables);
            return again(environment);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The last one, as another process would make it. */
    CommandAgent again(Map<String, String> environment) {
        var agent = new CommandFiles(new SpecFiles(CommandFiles.presets(), Optional.of(folder.resolve("agents"))))
                .agent("fake", settings(), environment);
        agents.add(agent);
        return agent;
    }

    CommandAgent last() {
        return (CommandAgent) agents.getLast();
    }

    CommandSettings settings() {
        return new CommandSettings(
                folder.resolve("runs"),
                false,
                LIMIT,
                Duration.ofMillis(20),
                folder.resolve("setups"),
                TreePreparation.MOST,
                sandbox);
    }

    CodeRepository repository() throws IOException {
        var open = repository;
        if (open == null) repository = open = CodeRepository.open(folder.resolve("line"));
        return open;
    }

    String tree(Map<String, String> files) throws IOException {
        var changes = new ArrayList<EntryChange>();
        for (var file : files.entrySet())
            changes.add(new EntryChange(
                    file.getKey(),
                    Optional.empty(),
                    Optional.of(repository().file(file.getValue().getBytes(StandardCharsets.UTF_8), FileEntry.FILE))));
        return repository().edit(repository().emptyTree(), changes);
    }

    /** Code with these files, path to text. */
    AgentCode code(Map<String, String> files, String prefix) throws IOException {
        var tree = tree(files);
        var commit = repository().commit(tree, List.of(), "The code as it is", Instant.EPOCH);
        return new AgentCode(repository(), commit, tree, prefix);
    }

    Outcome run(CodingAgent agent, Attempt attempt, Optional<AgentCode> code) throws InterruptedException {
        var creation = agent.create(attempt, new Assignment("# Do it", code));
        assertThat(creation).isInstanceOf(Creation.Created.class);
        return agent.await(((Creation.Created) creation).runId(), Duration.ofSeconds(30), progress -> {});
    }

    /** Creates a run, and awaits it until its command runs, as an executor would that is killed then. */
    String started(CodingAgent agent, Attempt attempt, Assignment assignment) throws InterruptedException {
        var creation = agent.create(attempt, assignment);
        assertThat(creation).isInstanceOf(Creation.Created.class);
        var run = ((Creation.Created) creation).runId();
        var executor = Thread.startVirtualThread(() -> {
            try {
                agent.await(run, Duration.ofSeconds(60), progress -> {});
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(
                        new RunFolder(folder.resolve("runs/" + agent.name()).resolve(FolderName.of(attempt.id())))
                                ::isStarted);
        executor.interrupt();
        executor.join();
        return run;
    }

    static CodeResult result(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Succeeded.class);
        return ((Outcome.Succeeded) outcome).code().orElseThrow();
    }

    /** What a result changed, in the repository that it was made in. */
    List<Change> changes(Outcome outcome, Optional<AgentCode> code) {
        try (var own = code.isPresent() ? null : CodeRepository.open(folder.resolve("runs/fake/plan.FR-1.1/code"))) {
            var from = own == null ? repository() : own;
            var changes = new ArrayList<Change>();
            for (var change : result(outcome).changes())
                changes.add(new Change(change.path(), text(from, change.before()), text(from, change.after())));
            return changes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<String> text(CodeRepository from, Optional<FileEntry> entry) throws IOException {
        return entry.isEmpty()
                ? Optional.empty()
                : Optional.of(new String(from.bytes(entry.get().object()), StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        agents.forEach(CodingAgent::close);
        if (repository != null) repository.close();
    }
}
