package io.taskweaver.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.code.TreeMerge.Outcome;
import io.taskweaver.code.TreeMerge.PathConflict;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Attributes of the code base are honoured as Git does in a work tree. */
class AttributesMergeTest {
    @TempDir
    private Path folder;

    @Test
    void union_in_the_root_and_in_a_folder() throws Exception {
        for (var in : List.of("", "sub/", "\u00fcml\u00e4ut/", "two words/deep/")) {
            assertSame(
                    Map.of(in + ".gitattributes", "*.txt merge=union\n"),
                    Map.of(in + "a.txt", "one\ntwo\n"),
                    Map.of(in + "a.txt", "one\nhead\n"),
                    Map.of(in + "a.txt", "one\nresult\n"),
                    true);
        }
    }

    @Test
    void union_of_files_that_both_added() throws Exception {
        assertSame(
                Map.of(".gitattributes", "*.txt merge=union\n"),
                Map.of("other", "one\n"),
                Map.of("other", "one\n", "a.txt", "head\n"),
                Map.of("other", "one\n", "a.txt", "result\n"),
                true);
    }

    @Test
    void an_attribute_of_one_folder_does_not_count_in_another() throws Exception {
        assertSame(
                Map.of("sub/.gitattributes", "*.txt merge=union\n"),
                Map.of("a.txt", "one\ntwo\n"),
                Map.of("a.txt", "one\nhead\n"),
                Map.of("a.txt", "one\nresult\n"),
                false);
    }

    @Test
    void binary_files_are_not_merged_line_by_line() throws Exception {
        for (var attribute : List.of("binary", "-merge"))
            assertSame(
                    Map.of(".gitattributes", "*.dat " + attribute + "\n"),
                    Map.of("a.dat", "one\n2\n3\n4\n5\ntwo\n"),
                    Map.of("a.dat", "head\n2\n3\n4\n5\ntwo\n"),
                    Map.of("a.dat", "one\n2\n3\n4\n5\nresult\n"),
                    false);
    }

    @Test
    void what_is_no_text_to_be_converted_is_merged_all_the_same() throws Exception {
        // With the others a work tree with such ends of lines is never clean.
        for (var attribute : List.of("-text", "text eol=crlf", "text eol=lf", "text=auto"))
            for (var end : attribute.equals("-text") ? List.of("\n", "\r\n") : List.of("\n"))
                assertSame(
                        Map.of(".gitattributes", "*.txt " + attribute + "\n"),
                        Map.of("a.txt", lines("one 2 3 4 5 two", end)),
                        Map.of("a.txt", lines("head 2 3 4 5 two", end)),
                        Map.of("a.txt", lines("one 2 3 4 5 result", end)),
                        true);
    }

    @Test
    void macros_of_the_root_count_in_folders() throws Exception {
        assertSame(
                Map.of(".gitattributes", "[attr]list merge=union\n", "sub/.gitattributes", "*.txt list\n"),
                Map.of("sub/a.txt", "one\ntwo\n"),
                Map.of("sub/a.txt", "one\nhead\n"),
                Map.of("sub/a.txt", "one\nresult\n"),
                true);
    }

    @Test
    void code_that_the_union_of_Git_breaks_is_united_in_whole_blocks() throws Exception {
        try (var code = CodeRepository.open(folder.resolve("line"))) {
            var base = "class A {\n  one() {\n    return 1;\n  }\n}\n";
            var trees = trees(
                    code,
                    Map.of(".gitattributes", "*.js merge=union\n"),
                    Map.of("a.js", base),
                    Map.of("a.js", base.replace("}\n}\n", "}\n\n  head() {\n    return 2;\n  }\n}\n")),
                    Map.of("a.js", base.replace("}\n}\n", "}\n\n  result() {\n    return 2;\n  }\n}\n")));

            var end = (Outcome.Merged) TreeMerge.of(code, trees.get(0), trees.get(1), trees.get(2));

            assertThat(end.united()).isEqualTo(Map.of("a.js", "blocks"));
            var text = new String(
                    code.bytes(code.entry(end.tree(), "a.js").orElseThrow().object()), StandardCharsets.UTF_8);
            assertThat(text)
                    .isEqualTo(base.replace(
                            "}\n}\n", "}\n\n  head() {\n    return 2;\n  }\n\n  result() {\n    return 2;\n  }\n}\n"));
        }
    }

    @Test
    void code_that_no_union_keeps_sound_is_a_conflict() throws Exception {
        try (var code = CodeRepository.open(folder.resolve("line"))) {
            var trees = trees(
                    code,
                    Map.of(".gitattributes", "*.py merge=union\n"),
                    Map.of("a.py", "def f():\n    return 1\n"),
                    Map.of("a.py", "def g():\n    return 1\n"),
                    Map.of("a.py", "def h():\n    return 1\n"));

            var end = (Outcome.Conflicted) TreeMerge.of(code, trees.get(0), trees.get(1), trees.get(2));

            assertThat(end.conflicts()).extracting(PathConflict::path).containsExactly("a.py");
            assertThat(end.tree()).isEqualTo(trees.get(1));
        }
    }

    private static String lines(String words, String end) {
        return String.join(end, words.split(" ", -1)) + end;
    }

    private static List<String> trees(
            CodeRepository code,
            Map<String, String> attributes,
            Map<String, String> base,
            Map<String, String> head,
            Map<String, String> result)
            throws Exception {
        var trees = new java.util.ArrayList<String>();
        for (var side : List.of(base, head, result)) {
            var files = new HashMap<>(attributes);
            files.putAll(side);
            trees.add(BarrelMergeTest.tree(code, files));
        }
        return trees;
    }

    private void assertSame(
            Map<String, String> attributes,
            Map<String, String> base,
            Map<String, String> head,
            Map<String, String> result,
            boolean clean)
            throws Exception {
        var place = java.nio.file.Files.createTempDirectory(folder, "case");
        try (var code = CodeRepository.open(place.resolve("line"))) {
            var real = new RealMerge(code, place.resolve("real"));
            var trees = trees(code, attributes, base, head, result);
            var end = TreeMergePropertyTest.compare(
                    code, real, trees.get(0), trees.get(1), trees.get(2), attributes.toString());
            assertThat(end).as(attributes.toString()).isEqualTo(clean ? "clean" : "conflict");
        }
    }
}
