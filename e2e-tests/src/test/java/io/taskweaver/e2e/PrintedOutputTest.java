package io.taskweaver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.taskweaver.code.CodeRepository;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What agents print and say is there for who asks, and what must not be seen is nowhere. */
@Tag("long")
class PrintedOutputTest {
    private static final String BROUGHT = "hunter2/of-the-database";
    private static final String CONFIGURED = "sk-0123456789abcdef";

    /** T1 prints secrets in each form, and commits by itself; T2 puts one into a file, and then sees that nothing is to do. */
    private static final String AGENT = """
        cat >/dev/null
        . ./.env
        case $1 in
          T1)
            printf '\\033[2J\\033]0;title\\007'
            echo "plain $DB_PASSWORD $MODEL_API_KEY"
            printf '%s' "${DB_PASSWORD:0:9}"; sleep 0.5; printf '%s\\n' "${DB_PASSWORD:9}"
            base64 -w 20 .env
            printf 'x%s' "$MODEL_API_KEY" | base64
            echo "url ${DB_PASSWORD//\\//%2F}"
            echo one >one.txt
            git add one.txt
            git commit --quiet -m "Add one" -m "Look at one.txt, not at $DB_PASSWORD."
            sleep 2.5
            ;;
          T2)
            if [ -e "$SEEN/T2" ]; then printf 'Looked.\\n\\nNothing to do: it is there already.\\n'
            else touch "$SEEN/T2"; echo "connect('$DB_PASSWORD')" >two.js; fi
            ;;
        esac
        """;

    @TempDir
    private Path dir;

    @Test
    void what_agents_print_and_say_can_be_read_and_secrets_are_in_none_of_it() throws Exception {
        var code = Files.createDirectories(dir.resolve("code"));
        var seen = Files.createDirectories(dir.resolve("seen"));
        GitFolder.git(code, "init", "--quiet");
        Files.writeString(code.resolve("a.txt"), "a\n");
        Files.writeString(code.resolve(".gitignore"), ".env\n");
        GitFolder.commit(code, "first");
        var env = Files.writeString(code.resolve(".env"), "DB_PASSWORD=" + BROUGHT + "\n");
        Files.writeString(code.resolve("server.key"), "untracked\n");
        try (var workspace =
                new Workspace(dir).agent("SEEN=" + seen + "\n" + AGENT).with("MODEL_API_KEY", CONFIGURED)) {
            var tasks = workspace.document("tasks.md", "# Tasks\n\n- [ ] T1 Add a one\n- [ ] T2 Add a two\n");
            var run = workspace.taskweaver(
                    "run", tasks.toString(), "--code", "code", "--agent", "mine", "--bring", ".env");
            assertThat(run.exitCode()).as(run.output()).isZero();
            assertThat(run.output())
                    .contains("Git neither tracks nor ignores server.key")
                    .contains("two.js has DB_PASSWORD of .env")
                    .contains("done without a change: T2")
                    .doesNotContain("dead letter");

            var logs = workspace.taskweaver("logs");
            assertThat(logs.exitCode()).as(logs.output()).isZero();
            assertThat(logs.output())
                    .as("no runtime runs")
                    .contains(
                            "== T1, attempt 1: agent",
                            "plain *** ***",
                            "\n***\n",
                            "url ***",
                            "\u241B[2J\u241B]0;title\u2407")
                    .doesNotContain("\u001B", "== T2, attempt 2");

            var apply = workspace.taskweaver("apply", "--branch", "made");
            assertThat(apply.exitCode()).as(apply.output()).isZero();
            assertThat(GitFolder.git(code, "log", "--format=%B", "made"))
                    .contains("Add one\n\nLook at one.txt, not at ***.")
                    .doesNotContain("plain");
            var report = Files.readString(dir.resolve("taskweaver-out/report.md"));
            assertThat(report)
                    .contains("Add one", "done without a change", "Nothing to do: it is there already.")
                    .doesNotContain("Looked.");
            assertThat(Files.readString(dir.resolve("taskweaver-out/graph.html")))
                    .contains("Look at one.txt, not at ***.", "Done without a change");

            for (var secret : List.of(BROUGHT, CONFIGURED, BROUGHT.replace("/", "%2F"), inBase64(BROUGHT)))
                workspace.assertNowhere(secret, env);
            searchCode(workspace);

            var running = workspace.taskweaver("logs", "--json");
            assertThat(running.output()).as("from the topic").contains("plain *** ***");
            var plan = Workspace.JSON
                    .readTree(Files.readString(dir.resolve("taskweaver-out/plan.json")))
                    .path("plan")
                    .asText();
            var rest = workspace.rest("/api/plans/" + plan + "/tasks/T1/output?attempt=1");
            assertThat(rest.toString()).contains("plain *** ***", "\"whole\":true");
        }
    }

    /** What is the same wherever a secret begins in an encoded text, of a beginning at a multiple of three bytes. */
    private static String inBase64(String secret) {
        var whole = Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8));
        return whole.substring(0, whole.length() - 4);
    }

    /** All that is in the packs on the topic, but for the files that were brought along. */
    private void searchCode(Workspace workspace) throws Exception {
        var packs = new TreeMap<String, TreeMap<Integer, byte[]>>();
        for (var line : records(workspace, "code-objects"))
            packs.computeIfAbsent(line.path("pack").asText(), any -> new TreeMap<>())
                    .put(
                            line.path("part").asInt(),
                            Base64.getDecoder().decode(line.path("content").asText()));
        assertThat(packs).isNotEmpty();
        var brought = new LinkedHashSet<String>();
        for (var line : records(workspace, "requirements-submitted"))
            line.findValues("brought").forEach(commit -> brought.add(commit.asText()));
        assertThat(brought).as("commits of .env").hasSize(1);
        var folder = dir.resolve("packs.git");
        try (var repository = CodeRepository.open(folder)) {
            for (var parts : packs.values()) {
                var pack = new ByteArrayOutputStream();
                parts.values().forEach(pack::writeBytes);
                repository.unpack(pack.toByteArray());
            }
        }
        var hidden = objectsOf(folder, brought.iterator().next());
        var found = new ArrayList<String>();
        for (var object : GitFolder.git(
                        folder, "cat-file", "--batch-all-objects", "--batch-check=%(objectname) %(objecttype)")
                .lines()
                .toList()) {
            var name = object.substring(0, 40);
            if (object.endsWith("tree") || hidden.contains(name)) continue;
            var content = GitFolder.git(folder, "cat-file", "-p", name);
            if (content.contains(BROUGHT) || content.contains(CONFIGURED)) found.add(name);
        }
        assertThat(found).isEmpty();
        assertThat(hidden).isNotEmpty();
    }

    private static Set<String> objectsOf(Path folder, String commit) throws Exception {
        var objects = new LinkedHashSet<String>();
        for (var line :
                GitFolder.git(folder, "rev-list", "--objects", commit).lines().toList())
            objects.add(line.substring(0, 40));
        return objects;
    }

    private static List<JsonNode> records(Workspace workspace, String topic) throws Exception {
        var events = workspace.taskweaver("events", topic, "--once");
        assertThat(events.exitCode()).as(events.output()).isZero();
        var values = new ArrayList<JsonNode>();
        for (var line : events.output().lines().toList())
            if (line.startsWith("{")) values.add(Workspace.JSON.readTree(line).path("value"));
        return values;
    }
}
