package io.taskweaver.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.taskweaver.model.CodeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodeInventoryTest {
    private static final int ROOM = 1024 * 1024;

    @TempDir
    Path root;

    private void files(Map<String, String> texts) throws IOException {
        for (var text : texts.entrySet()) {
            var file = root.resolve(text.getKey());
            Files.createDirectories(file.getParent());
            Files.writeString(file, text.getValue());
        }
    }

    private List<String> paths() {
        return CodeInventory.read(root, ROOM).files().stream()
                .map(CodeFile::path)
                .toList();
    }

    @Test
    void files_are_listed_by_path_with_their_text() throws IOException {
        files(Map.of("src/B.java", "class B {}", "src/A.java", "class A {}"));
        assertThat(CodeInventory.read(root, ROOM).files())
                .extracting(CodeFile::path, file -> file.content().orElse(""))
                .containsExactly(tuple("src/A.java", "class A {}"), tuple("src/B.java", "class B {}"));
    }

    @Test
    void what_gitignore_excludes_is_left_out_and_an_inner_file_may_take_it_back() throws IOException {
        files(Map.of(
                ".gitignore", "*.log\n/out/\nsecret/*\n",
                "a.log", "x",
                "out/gen.txt", "x",
                "src/out/kept.txt", "x",
                "secret/key.txt", "x",
                "docs/.gitignore", "!*.log\n",
                "docs/kept.log", "x"));
        assertThat(paths()).containsExactly(".gitignore", "docs/.gitignore", "docs/kept.log", "src/out/kept.txt");
    }

    @Test
    void build_output_dependencies_and_git_itself_are_never_listed() throws IOException {
        files(Map.of(".git/config", "x", "target/a.txt", "x", "web/node_modules/m/i.js", "x", "src/main.c", "int x;"));
        assertThat(paths()).containsExactly("src/main.c");
    }

    @Test
    void symbolic_links_are_not_followed() throws IOException {
        files(Map.of("src/main.c", "int x;"));
        Files.createSymbolicLink(root.resolve("loop"), root);
        Files.createSymbolicLink(root.resolve("other.c"), root.resolve("src/main.c"));
        assertThat(paths()).containsExactly("src/main.c");
    }

    @Test
    void binary_and_large_files_are_listed_without_their_content() throws IOException {
        Files.write(root.resolve("logo.png"), new byte[] {1, 0, 2});
        Files.writeString(root.resolve("big.txt"), "x".repeat(300 * 1024));
        var inventory = CodeInventory.read(root, ROOM);
        assertThat(inventory.files()).extracting(CodeFile::path).containsExactly("big.txt", "logo.png");
        assertThat(inventory.files()).allMatch(file -> file.content().isEmpty());
        assertThat(inventory.withoutContent()).isEqualTo(1);
    }

    @Test
    void small_files_come_first_when_there_is_not_room_for_all() throws IOException {
        files(Map.of("a-large.txt", "x".repeat(900), "b-small.txt", "small"));
        var inventory = CodeInventory.read(root, 200);
        assertThat(inventory.files())
                .extracting(CodeFile::path, file -> file.content().isPresent())
                .containsExactly(tuple("a-large.txt", false), tuple("b-small.txt", true));
        assertThat(inventory.withoutContent()).isEqualTo(1);
    }

    @Test
    void a_listing_that_exceeds_the_room_is_cut_and_says_so() throws IOException {
        files(Map.of("a.txt", "x", "b.txt", "x", "c.txt", "x"));
        var inventory = CodeInventory.read(root, 45);
        assertThat(inventory.files()).hasSize(2);
        assertThat(inventory.leftOut()).isEqualTo(1);
    }
}
