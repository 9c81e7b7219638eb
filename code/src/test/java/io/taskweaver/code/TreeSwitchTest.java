package io.taskweaver.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeSwitchTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private UserAndLine story;

    /** Applies the line of a repository to a user's working tree, in a process that can be killed. */
    static final class Applying {
        private Applying() {}

        public static void main(String[] arguments) throws Exception {
            try (var code = CodeRepository.open(Path.of(arguments[0]))) {
                System.out.println(LineApply.toWorkTree(
                        code,
                        LineFolder.line(code).orElseThrow(),
                        UserAndLine.PLAN,
                        UserAndLine.repository(Path.of(arguments[1]))));
            }
        }
    }

    @BeforeEach
    void begin() throws Exception {
        story = new UserAndLine(folder);
        story.write(".gitattributes", "*.slow filter=slow\n");
        story.write("gone/x.txt", "x\n");
        story.write("m.slow", "old and long\n");
        story.commit("files");
        story.start()
                .merged(
                        "T1 Cart",
                        Map.of(
                                "a.txt",
                                "new\n",
                                "b/new.txt",
                                "new\n",
                                "b/line\nbreak.txt",
                                "n\n",
                                "b/\"quote\" and return\r",
                                "r\n",
                                "\"b/not text \\377.txt\"",
                                "n\n",
                                "gone/x.txt",
                                "",
                                "m.slow",
                                "m\n",
                                "z.txt",
                                "z\n"));
        story.git.text("config", "filter.slow.clean", "cat");
        story.git.text(
                "config",
                "filter.slow.smudge",
                "echo >> " + mark("begun") + "; while [ ! -e " + mark("released") + " ]; do sleep 0.02; done; cat");
        story.git.text("config", "filter.slow.required", "true");
    }

    @AfterEach
    void end() {
        story.close();
    }

    private String mark(String name) {
        return "'" + folder.resolve(name) + "'";
    }

    private Process applying() throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Djava.io.tmpdir=" + folder,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Applying.class.getName(),
                        story.code().folder().toString(),
                        story.user.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();
    }

    /** A process that is killed with all that it started, while Git waits for the filter. */
    private void kill() throws Exception {
        var process = applying();
        try {
            await().atMost(TIMEOUT).until(() -> Files.exists(folder.resolve("begun")) || !process.isAlive());
            assertThat(process.isAlive())
                    .as(Files.readString(folder.resolve("output"), StandardCharsets.UTF_8))
                    .isTrue();
        } finally {
            var below = process.descendants().toList();
            process.destroyForcibly().waitFor();
            below.forEach(ProcessHandle::destroyForcibly);
            for (var one : below) one.onExit().join();
            Files.createFile(folder.resolve("released"));
        }
    }

    /** How often the filter was asked for the file. */
    private int begun() throws Exception {
        var file = folder.resolve("begun");
        return Files.exists(file) ? Files.readAllLines(file).size() : 0;
    }

    private void assertApplied() throws Exception {
        assertThat(story.workTree()).isInstanceOf(AppliedLine.Outcome.InWorkTree.class);
        assertThat(story.git.text("write-tree")).isEqualTo(story.code().treeOf(story.head()));
        assertThat(story.git.text("diff", "--name-only")).isEmpty();
        assertThat(story.user.resolve("gone")).doesNotExist();
        assertThat(Files.list(story.user.resolve(".git"))
                        .map(file -> file.getFileName().toString()))
                .noneMatch(name -> name.startsWith("taskweaver") || name.endsWith(".lock"));
    }

    @Test
    void what_a_killed_process_left_is_put_back_and_written_by_the_next() throws Exception {
        kill();
        assertThat(story.user.resolve("gone/x.txt")).doesNotExist();
        assertThat(story.user.resolve(".git/index.lock")).doesNotExist();

        assertApplied();
    }

    @Test
    void files_that_somebody_changed_since_are_named_and_stay() throws Exception {
        kill();
        story.write("a.txt", "mine\n");

        assertThat(story.workTree()).isInstanceOfSatisfying(AppliedLine.Outcome.Refused.class, refused -> {
            assertThat(refused.refusal().reason()).contains("was killed").endsWith(": a.txt.");
        });
        assertThat(story.user.resolve("a.txt")).hasContent("mine\n");
        Files.delete(story.user.resolve("a.txt"));
        assertApplied();
    }

    @Test
    void a_process_that_was_killed_when_all_was_written_is_done() throws Exception {
        Files.createFile(folder.resolve("released"));
        var old = story.code().treeOf(story.base());
        var index = story.user.resolve(".git/index");
        var before = Files.readAllBytes(index);
        assertApplied();
        var after = Files.readAllBytes(index);

        Files.writeString(story.user.resolve(".git/taskweaver-apply"), old + " " + story.git.text("write-tree") + "\n");
        assertApplied();

        // In the moment in which the new index takes its place.
        Files.writeString(story.user.resolve(".git/taskweaver-apply"), old + " " + story.git.text("write-tree") + "\n");
        Files.write(index, before);
        Files.write(story.user.resolve(".git/taskweaver-index"), after);
        Files.createLink(story.user.resolve(".git/index.lock"), story.user.resolve(".git/taskweaver-index"));
        assertApplied();
    }

    @Test
    void an_index_that_another_program_changes_is_left_alone() throws Exception {
        Files.writeString(story.user.resolve(".git/index.lock"), "theirs");
        var before = story.state();

        assertThat(story.workTree())
                .isInstanceOfSatisfying(
                        AppliedLine.Outcome.Refused.class,
                        refused -> assertThat(refused.refusal().reason())
                                .contains("Another program is changing the index"));

        assertThat(story.state()).isEqualTo(before);
    }

    @Test
    void an_index_that_another_program_changes_stays_beside_what_a_killed_process_left() throws Exception {
        kill();
        var lock = story.user.toRealPath().resolve(".git/index.lock");
        // It is empty until Git writes it.
        for (var content : List.of("", "theirs")) {
            Files.writeString(lock, content);

            assertThat(story.workTree()).isInstanceOfSatisfying(AppliedLine.Outcome.Refused.class, refused -> {
                assertThat(refused.refusal().reason()).contains("Another program is changing the index");
                assertThat(refused.refusal().remedy()).contains("delete " + lock + " first");
            });

            assertThat(lock).hasContent(content);
        }
        Files.delete(lock);
        assertApplied();
    }

    @Test
    void interrupts_do_not_keep_files_from_being_put_back() throws Exception {
        var before = story.state();
        var end = new AtomicReference<Object>("none");
        var isInterrupted = new AtomicBoolean();
        var thread = Thread.ofPlatform().start(() -> {
            try {
                end.set(story.workTree());
            } catch (Exception e) {
                end.set(e);
            }
            isInterrupted.set(Thread.currentThread().isInterrupted());
        });
        await().atMost(TIMEOUT).until(() -> begun() == 1);

        thread.interrupt();
        // It asks for the file as it was, which takes as long.
        await().atMost(TIMEOUT).until(() -> begun() == 2);
        for (int i = 0; i < 3; i++) {
            thread.interrupt();
            await().atMost(TIMEOUT).until(() -> !thread.isInterrupted());
        }
        assertThat(thread.isAlive()).isTrue();
        Files.createFile(folder.resolve("released"));

        assertThat(thread.join(TIMEOUT)).isTrue();
        assertThat(end.get()).isInstanceOf(InterruptedException.class);
        assertThat(isInterrupted).isTrue();
        assertThat(story.state()).isEqualTo(before);
        assertThat(story.git.text("status", "--porcelain")).isEmpty();
        assertApplied();
    }

    @Test
    void of_two_that_write_at_the_same_time_the_second_is_refused() throws Exception {
        var end = new AtomicReference<Object>("none");
        var thread = Thread.ofPlatform().start(() -> {
            try {
                end.set(story.workTree());
            } catch (Exception e) {
                end.set(e);
            }
        });
        await().atMost(TIMEOUT).until(() -> begun() == 1);

        var process = applying();
        assertThat(process.waitFor(TIMEOUT)).isTrue();
        assertThat(folder.resolve("output")).content().contains("Another taskweaver apply is writing");
        assertThat(story.workTree()).isInstanceOf(AppliedLine.Outcome.Refused.class);
        Files.createFile(folder.resolve("released"));

        assertThat(thread.join(TIMEOUT)).isTrue();
        assertThat(end.get()).isInstanceOf(AppliedLine.Outcome.InWorkTree.class);
        assertThat(begun()).isEqualTo(1);
        assertThat(story.git.text("diff", "--name-only")).isEmpty();
    }

    @Test
    void files_that_cannot_be_put_back_are_those_that_the_next_begins_with() throws Exception {
        story.git.text("config", "filter.slow.smudge", "echo >> " + mark("begun") + "; false");

        assertThatThrownBy(story::workTree)
                .isInstanceOf(HalfWrittenException.class)
                .hasMessageContaining("run the command again");
        assertThat(story.user.resolve("m.slow")).doesNotExist();

        story.git.text("config", "filter.slow.smudge", "cat");
        assertApplied();
    }

    @Test
    void what_is_in_the_way_at_a_path_that_is_not_text_is_named() throws Exception {
        var file = GitPath.in(story.user, "\"b/not text \\377.txt\"");
        Files.createDirectories(file.getParent());
        Files.createFile(file);

        assertThat(story.workTree())
                .isInstanceOfSatisfying(
                        AppliedLine.Outcome.Refused.class,
                        refused -> assertThat(refused.refusal().reason()).contains("not text \\377.txt"));

        assertThat(file).isEmptyFile();
    }
}
