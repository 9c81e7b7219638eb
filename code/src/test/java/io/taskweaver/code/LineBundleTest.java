package io.taskweaver.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineBundleTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // Set by JUnit.
    private Path folder;

    private UserAndLine story() throws Exception {
        var story = new UserAndLine(folder);
        story.write("new.txt", "not committed\n");
        return story.start()
                .merged("T1 Cart", Map.of("src/cart.txt", "cart\n"))
                .merged("T2 Pay", Map.of("src/pay.txt", "pay\n"));
    }

    @Test
    void a_bundle_carries_a_line_with_all_of_its_files() throws Exception {
        try (var story = story();
                var other = CodeRepository.open(folder.resolve("other"))) {
            var bundle = LineBundle.bytes(story.code(), story.base(), story.head(), Optional.empty());

            assertThat(LineBundle.read(bundle, other)).isEqualTo(new LineBundle.Content(story.base(), story.head()));

            assertThat(Git.in(other.folder()).text("log", "--format=%s", "line"))
                    .isEqualTo("T2 Pay\nT1 Cart\nThe code as it is");
            assertThat(Git.in(other.folder()).text("fsck", "--strict", "--no-progress"))
                    .isEmpty();
            assertThat(story.line().commits(other)).hasSize(2);
        }
    }

    @Test
    void git_reads_a_bundle_in_the_repository_that_the_plan_started_from() throws Exception {
        try (var story = story()) {
            var file = folder.resolve("line.bundle");
            Files.write(file, LineBundle.bytes(story.code(), story.base(), story.head(), Optional.empty()));
            assertThat(story.git.text("bundle", "list-heads", file.toString()))
                    .isEqualTo(story.base() + " refs/heads/base\n" + story.head() + " refs/heads/line");
            story.git.text("bundle", "verify", "--quiet", file.toString());
            story.git.text("fetch", "--quiet", file.toString(), "line:result");
            assertThat(story.git.text("rev-parse", "result")).isEqualTo(story.head());
            assertThat(story.fsck()).startsWith("0");
        }
    }

    @Test
    void what_the_reader_has_is_left_out() throws Exception {
        try (var story = new UserAndLine(folder).start();
                var other = CodeRepository.open(folder.resolve("other"))) {
            story.merged("T1 Cart", Map.of("src/cart.txt", "cart\n"));
            story.repository().lendTo(other);
            var bundle = LineBundle.bytes(story.code(), story.base(), story.head(), Optional.of(story.base()));
            var all = LineBundle.bytes(story.code(), story.base(), story.head(), Optional.empty());
            var unknown = LineBundle.bytes(story.code(), story.base(), story.head(), Optional.of("1".repeat(40)));

            LineBundle.read(bundle, other);

            assertThat(bundle.length).isLessThan(all.length);
            assertThat(unknown).isEqualTo(all);
            for (var have : List.of("x", "--all", story.code().treeOf(story.base())))
                assertThat(LineBundle.bytes(story.code(), story.base(), story.head(), Optional.of(have)))
                        .isEqualTo(all);
            assertThat(other.names(other.treeOf(story.head()), "src").orElseThrow())
                    .containsExactly("b.txt", "cart.txt");
            var nothing = LineBundle.bytes(story.code(), story.base(), story.head(), Optional.of(story.head()));
            assertThat(LineBundle.read(nothing, other).head()).isEqualTo(story.head());
        }
    }

    @Test
    void what_is_no_bundle_or_lacks_something_is_refused() throws Exception {
        try (var story = new UserAndLine(folder).start();
                var other = CodeRepository.open(folder.resolve("other"))) {
            story.merged("T1 Cart", Map.of("src/cart.txt", "cart\n"));
            var part = LineBundle.bytes(story.code(), story.base(), story.head(), Optional.of(story.base()));
            for (var bytes : new byte[][] {
                new byte[0],
                "<html>".getBytes(StandardCharsets.UTF_8),
                "# v2 git bundle\n\nPACK".getBytes(StandardCharsets.UTF_8),
                part
            }) assertThatThrownBy(() -> LineBundle.read(bytes, other)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void a_data_folder_says_what_a_plan_started_from() throws Exception {
        try (var story = story()) {
            var repository = LineFolder.of(folder.resolve("data"), UserAndLine.PLAN);
            assertThat(repository).isEqualTo(story.code().folder());
            try (var code = CodeRepository.open(repository)) {
                assertThat(LineFolder.line(code)).contains(story.line());
            }
            Files.writeString(repository.resolve("base.json"), "{\"folder\":");
            assertThatThrownBy(() -> LineFolder.base(repository)).isInstanceOf(IOException.class);
            Files.delete(repository.resolve("base.json"));
            assertThat(LineFolder.base(repository)).isEmpty();
        }
    }
}
