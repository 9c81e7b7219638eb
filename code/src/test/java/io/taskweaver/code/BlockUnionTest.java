package io.taskweaver.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BlockUnionTest {
    private static final String CLASS = """
            class A {
                int one() {
                    return 1;
                }
            %s
                int two() {
                    return 2;
                }
            %s}
            """;

    @Test
    void methods_with_the_same_body_stay_whole() {
        assertUnited(
                "A.java",
                CLASS.formatted("", ""),
                CLASS.formatted("", "\n    int head() {\n        return 2;\n    }\n"),
                CLASS.formatted("", "\n    int result() {\n        return 2;\n    }\n"),
                "blocks",
                CLASS.formatted(
                        "",
                        "\n    int head() {\n        return 2;\n    }\n\n    int result() {\n        return 2;\n    }\n"));
    }

    @Test
    void methods_between_others_stay_whole() {
        assertUnited(
                "A.java",
                CLASS.formatted("", ""),
                CLASS.formatted("\n    int head() {\n        return 1;\n    }\n", ""),
                CLASS.formatted("\n    int result() {\n        return 1;\n    }\n", ""),
                "blocks",
                CLASS.formatted(
                        "\n    int head() {\n        return 1;\n    }\n\n    int result() {\n        return 1;\n    }\n",
                        ""));
    }

    @Test
    void an_annotation_goes_with_its_method() {
        var base = "class T {\n    @Test\n    void last() {}\n}\n";
        assertUnited(
                "T.java",
                base,
                "class T {\n    @Test\n    void head() {}\n\n    @Test\n    void last() {}\n}\n",
                "class T {\n    @Test\n    void result() {}\n\n    @Test\n    void last() {}\n}\n",
                "blocks",
                "class T {\n    @Test\n    void head() {}\n\n    @Test\n    void result() {}\n\n    @Test\n    void last() {}\n}\n");
    }

    @Test
    void an_annotation_of_a_method_does_not_move_to_one_that_was_added_before_it() {
        assertUnited(
                "T.java",
                "class T {\n    @Test\n    void last() {}\n}\n",
                "class T {\n    @Test\n    @Disabled\n    void last() {}\n}\n",
                "class T {\n    @Test\n    void result() {}\n\n    @Test\n    void last() {}\n}\n",
                "blocks",
                "class T {\n    @Test\n    void result() {}\n\n    @Test\n    @Disabled\n    void last() {}\n}\n");
    }

    @Test
    void functions_of_Python_with_the_same_body_stay_whole() {
        assertUnited(
                "a.py",
                "def one():\n    return 1\n",
                "def one():\n    return 1\n\n\ndef head():\n    return 1\n",
                "def one():\n    return 1\n\n\ndef result():\n    return 1\n",
                "blocks",
                "def one():\n    return 1\n\n\ndef head():\n    return 1\n\n\ndef result():\n    return 1\n");
    }

    @Test
    void exports_stay_in_the_order_of_head_and_result() {
        assertUnited(
                "index.js",
                "export * from './a.js';\n",
                "export * from './a.js';\nexport * from './h.js';\n",
                "export * from './a.js';\nexport * from './r.js';\n",
                "blocks",
                "export * from './a.js';\nexport * from './h.js';\nexport * from './r.js';\n");
    }

    @Test
    void an_import_that_both_added_is_there_once() {
        assertUnited(
                "index.js",
                "import a from 'a';\n\na();\n",
                "import a from 'a';\nimport b from 'b';\nimport h from 'h';\n\na();\n",
                "import a from 'a';\nimport b from 'b';\nimport r from 'r';\n\na();\n",
                "lines",
                "import a from 'a';\nimport b from 'b';\nimport h from 'h';\nimport r from 'r';\n\na();\n");
    }

    @Test
    void elements_of_an_array_are_separated() {
        assertUnited(
                "a.js",
                "const all = [\n  'a',\n  'b'\n];\n",
                "const all = [\n  'a',\n  'b',\n  'h'\n];\n",
                "const all = [\n  'a',\n  'b',\n  'r'\n];\n",
                "list",
                "const all = [\n  'a',\n  'b',\n  'h',\n  'r'\n];\n");
    }

    @Test
    void dependencies_of_a_package_are_separated_and_there_once() {
        assertUnited(
                "package.json",
                "{\n  \"dependencies\": {\n    \"a\": \"1\"\n  }\n}\n",
                "{\n  \"dependencies\": {\n    \"a\": \"1\",\n    \"h\": \"1\"\n  }\n}\n",
                "{\n  \"dependencies\": {\n    \"a\": \"1\",\n    \"h\": \"1\",\n    \"r\": \"1\"\n  }\n}\n",
                "list",
                "{\n  \"dependencies\": {\n    \"a\": \"1\",\n    \"h\": \"1\",\n    \"r\": \"1\"\n  }\n}\n");
    }

    @Test
    void objects_in_JSON_stay_whole() {
        assertUnited(
                "a.json",
                "{\n  \"a\": {\n    \"x\": 1\n  }\n}\n",
                "{\n  \"a\": {\n    \"x\": 1\n  },\n  \"h\": {\n    \"x\": 1\n  }\n}\n",
                "{\n  \"a\": {\n    \"x\": 1\n  },\n  \"r\": 1\n}\n",
                "list",
                "{\n  \"a\": {\n    \"x\": 1\n  },\n  \"h\": {\n    \"x\": 1\n  },\n  \"r\": 1\n}\n");
    }

    @Test
    void constants_of_an_enum_are_separated_and_end_once() {
        assertUnited(
                "E.java",
                "enum E {\n    A,\n    B;\n\n    int x;\n}\n",
                "enum E {\n    A,\n    B,\n    H;\n\n    int x;\n}\n",
                "enum E {\n    A,\n    B,\n    R;\n\n    int x;\n}\n",
                "list",
                "enum E {\n    A,\n    B,\n    H,\n    R;\n\n    int x;\n}\n");
    }

    @Test
    void arguments_on_lines_of_their_own_are_separated() {
        assertUnited(
                "a.ts",
                "register(\n  a,\n  b);\n",
                "register(\n  a,\n  b,\n  h);\n",
                "register(\n  a,\n  b,\n  r);\n",
                "list",
                "register(\n  a,\n  b,\n  h,\n  r);\n");
    }

    @Test
    void sections_with_the_same_heading_become_one() {
        assertUnited(
                "CHANGELOG.md",
                "# Changelog\n\n## 1.0\n\n- first\n",
                "# Changelog\n\n## Unreleased\n\n### Added\n\n- h\n\n## 1.0\n\n- first\n",
                "# Changelog\n\n## Unreleased\n\n### Added\n\n- r\n\n### Fixed\n\n- f\n\n## 1.0\n\n- first\n",
                "heading",
                "# Changelog\n\n## Unreleased\n\n### Added\n\n- h\n- r\n\n### Fixed\n\n- f\n\n## 1.0\n\n- first\n");
    }

    @Test
    void entries_below_a_heading_that_was_there_follow_each_other() {
        assertUnited(
                "CHANGELOG.md",
                "## Unreleased\n\n- a\n\n## 1.0\n",
                "## Unreleased\n\n- a\n- h\n\n## 1.0\n",
                "## Unreleased\n\n- a\n- r\n\n## 1.0\n",
                "blocks",
                "## Unreleased\n\n- a\n- h\n- r\n\n## 1.0\n");
    }

    @Test
    void text_in_any_encoding_keeps_its_bytes() {
        var latin = new String(new byte[] {(byte) 0xe4, '\n'}, StandardCharsets.ISO_8859_1);
        var utf8 = new String("\u65e5\u672c\n".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        assertUnited("a.txt", "a\n", "a\n" + latin, "a\n" + utf8, "blocks", "a\n" + latin + utf8);
    }

    @Test
    void a_last_line_without_an_end_stays_a_line() {
        assertUnited("a.txt", "a", "a\nh", "a\nr", "blocks", "a\nh\nr");
        assertUnited("a.txt", "a", "a\nh\n", "a\nr", "blocks", "a\nh\nr\n");
        assertUnited("a.txt", "", "h", "r\n", "blocks", "h\nr\n");
    }

    @Test
    void ends_of_lines_of_Windows_stay() {
        assertUnited(
                "a.js",
                "x(\r\n  'a'\r\n);\r\n",
                "x(\r\n  'a',\r\n  'h'\r\n);\r\n",
                "x(\r\n  'a',\r\n  'r'\r\n);\r\n",
                "list",
                "x(\r\n  'a',\r\n  'h',\r\n  'r'\r\n);\r\n");
    }

    @Test
    void the_same_line_changed_is_a_conflict() {
        assertRefused("a.txt", "a\nb\n", "a\nh\n", "a\nr\n");
        assertRefused("a.js", "const x = [1];\n", "const x = [1, 2];\n", "const x = [1, 3];\n");
    }

    @Test
    void a_change_beside_an_addition_is_a_conflict_in_text_and_statements() {
        assertRefused("a.txt", "a\nb\n", "a\nnew\nb\n", "a\nchanged\n");
        assertRefused(
                "a.md", "One sentence\nand more.\n", "One sentence\nand less.\n", "One sentence\nand more.\nNew.\n");
        assertRefused("a.js", "f();\ng(1);\n", "f();\ng(2);\n", "f();\ng(1);\nh();\n");
        assertRefused("a.js", "f();\nlet x = 1;\n", "f();\nlet x = 2;\n", "f();\nlet x = 1;\ng(x);\n");
        assertRefused("a.yaml", "a: 1\nb: 2\n", "a: 1\nb: 3\n", "a: 1\nb: 2\n  c: 4\n");
        assertRefused("a.yaml", "a: 1\nb: |\n", "a: 1\nb: >\n", "a: 1\nb: |\nc: 4\n");
        assertRefused("a.properties", "a=1\nb=2\n", "a=1\nc=2\n", "a=1\nb=2\nc=3\n");
    }

    @Test
    void lines_that_stand_for_themselves_go_together_with_a_change_beside_them() {
        assertUnited(
                "index.js",
                "export * from './a';\nexport * from './b';\n",
                "export * from './a';\nexport * from './b.js';\n",
                "export * from './a';\nexport * from './b';\nexport * from './r';\n",
                "neighbours",
                "export * from './a';\nexport * from './b.js';\nexport * from './r';\n");
        assertUnited(
                "CHANGELOG.md",
                "## Unreleased\n\n- a\n- b\n",
                "## Unreleased\n\n- a, better\n- b\n",
                "## Unreleased\n\n- r\n- a\n- b\n",
                "neighbours",
                "## Unreleased\n\n- r\n- a, better\n- b\n");
        assertUnited(
                "README.md",
                "| x | y |\n|---|---|\n| a | 1 |\n",
                "| x | y |\n|---|---|\n| a | 1 |\n| h | 2 |\n",
                "| x | y |\n|---|---|\n| a | 9 |\n",
                "neighbours",
                "| x | y |\n|---|---|\n| a | 9 |\n| h | 2 |\n");
        assertUnited(
                "app.js",
                "app.use(a);\napp.use(b);\n",
                "app.use(a);\napp.use(b, 1);\n",
                "app.use(a);\napp.use(b);\napp.use(r);\n",
                "neighbours",
                "app.use(a);\napp.use(b, 1);\napp.use(r);\n");
        assertUnited("a.properties", "a=1\n", "a=2\n", "a=1\nr=3\n", "neighbours", "a=2\nr=3\n");
        assertUnited("requirements.txt", "a==1\n", "a==2\nh==1\n", "a==1\nr==1\n", "neighbours", "a==2\nh==1\nr==1\n");
    }

    @Test
    void an_addition_between_lines_that_were_all_changed_stays_between_them() {
        assertUnited(
                "index.js",
                "export * from './a';\nexport * from './c';\n",
                "export * from './a.js';\nexport * from './c.js';\n",
                "export * from './a';\nexport * from './b';\nexport * from './c';\n",
                "neighbours",
                "export * from './a.js';\nexport * from './b';\nexport * from './c.js';\n");
        assertRefused(
                "index.js",
                "export * from './a';\nexport * from './c';\n",
                "export * from './all.js';\n",
                "export * from './a';\nexport * from './b';\nexport * from './c';\n");
    }

    @Test
    void what_the_changed_lines_have_already_is_not_added_again() {
        assertUnited(
                "index.js",
                "export * from './a';\n",
                "export * from './a.js';\nexport * from './r';\n",
                "export * from './a';\nexport * from './r';\n",
                "neighbours",
                "export * from './a.js';\nexport * from './r';\n");
    }

    @Test
    void an_element_behind_the_last_one_goes_together_with_a_change_of_that() {
        assertUnited(
                "package.json",
                "{\n  \"dependencies\": {\n    \"a\": \"1\"\n  }\n}\n",
                "{\n  \"dependencies\": {\n    \"a\": \"2\"\n  }\n}\n",
                "{\n  \"dependencies\": {\n    \"a\": \"1\",\n    \"r\": \"1\"\n  }\n}\n",
                "neighbours",
                "{\n  \"dependencies\": {\n    \"a\": \"2\",\n    \"r\": \"1\"\n  }\n}\n");
        assertRefused("package.json", "{\n  \"a\": 1\n}\n", "{\n  \"b\": 1\n}\n", "{\n  \"a\": 1,\n  \"b\": 1\n}\n");
    }

    @Test
    void a_name_declared_by_both_is_a_conflict() {
        assertRefused(
                "A.java",
                CLASS.formatted("", ""),
                CLASS.formatted("", "\n    int same() {\n        return 3;\n    }\n"),
                CLASS.formatted("", "\n    int same() {\n        return 4;\n    }\n"));
        assertRefused("a.py", "x = 1\n", "x = 1\n\ndef f():\n    return 1\n", "x = 1\n\ndef f():\n    return 2\n");
        assertRefused("a.go", "package a\n", "package a\n\nfunc F() {}\n", "package a\n\nfunc F() int { return 1 }\n");
        assertRefused("a.rs", "fn a() {}\n", "fn a() {}\nstruct S;\n", "fn a() {}\nstruct S { x: u8 }\n");
        assertRefused("a.kt", "class A\n", "class A\nfun f(a: Int) = 1\n", "class A\nfun f(b: Int) = 2\n");
        assertRefused("a.ts", "let x = 1;\n", "let x = 1;\nexport const y = 1;\n", "let x = 1;\nexport const y = 2;\n");
        assertRefused(
                "a.json", "{\n  \"a\": 1\n}\n", "{\n  \"a\": 1,\n  \"b\": 1\n}\n", "{\n  \"a\": 1,\n  \"b\": 2\n}\n");
        assertRefused("a.yaml", "a: 1\n", "a: 1\nb:\n  c: 1\n", "a: 1\nb:\n  d: 1\n");
        assertRefused("a.properties", "a=1\n", "a=1\nb=1\n", "a=1\nb=2\n");
    }

    @Test
    void overloads_are_not_the_same_name() {
        var base = CLASS.formatted("", "");
        var head = CLASS.formatted("", "\n    int f(int a) {\n        return 3;\n    }\n");
        var result = CLASS.formatted("", "\n    int f(long a) {\n        return 3;\n    }\n");
        assertThat(of("A.java", base, head, result)).isPresent();
        var go = "package a\n\ntype T struct{}\ntype U struct{}\n";
        assertThat(of("a.go", go, go + "\nfunc (t T) F() {}\n", go + "\nfunc (u U) F() {}\n"))
                .isPresent();
    }

    @Test
    void what_does_not_parse_any_more_is_a_conflict() {
        assertRefused(
                "a.js",
                "if (a) {\n  b();\n}\n",
                "if (a) {\n  b();\n} else {\n  h();\n}\n",
                "if (a) {\n  b();\n} else {\n  r();\n}\n");
        assertRefused(
                "a.py",
                "def f():\n    return 1\n",
                "def f():\n    return 1\nx = [\n    1]\n",
                "def f():\n    return 1\n    return 2\n");
    }

    @Test
    void branches_of_an_if_go_together() {
        assertThat(of(
                        "a.js",
                        "if (a) {\n  b();\n}\n",
                        "if (a) {\n  b();\n} else if (h) {\n  h();\n}\n",
                        "if (a) {\n  b();\n} else if (r) {\n  r();\n}\n"))
                .isPresent();
    }

    @Test
    void new_lists_are_united_and_what_both_begin_with_is_there_once() {
        assertUnitedNew("NOTES.md", "- a\n", "- b\n", "blocks", "- a\n- b\n");
        assertUnitedNew("NOTES.md", "# Notes\n\n- a\n", "# Notes\n\n- b", "heading", "# Notes\n\n- a\n- b\n");
        assertUnitedNew(
                "CHANGELOG.md",
                "# Changes\n\nWhat is new.\n\n## 1.0\n\n### Added\n- a\n\n### Fixed\n- b\n",
                "# Changes\n\nWhat is new.\n\n## 1.0\n\n### Fixed\n- c\n",
                "heading",
                "# Changes\n\nWhat is new.\n\n## 1.0\n\n### Added\n- a\n\n### Fixed\n- b\n- c\n");
        assertUnitedNew(
                "NOTES.md",
                "# Notes\n\n## One\n- a\n",
                "# Notes\n\n## Two\n- b\n",
                "heading",
                "# Notes\n\n## One\n- a\n\n## Two\n- b\n");
        assertUnitedNew(
                "index.js",
                "'use strict';\nexports.a = require('./a');\n",
                "'use strict';\nexports.b = require('./b');\n",
                "lines",
                "'use strict';\nexports.a = require('./a');\nexports.b = require('./b');\n");
        assertUnitedNew(
                "index.js",
                "export * from './x.js';\nexport * from './a.js';\n",
                "export * from './b.js';\nexport * from './x.js';\n",
                "lines",
                "export * from './x.js';\nexport * from './a.js';\nexport * from './b.js';\n");
        assertUnitedNew(
                "p/__init__.py",
                "from .a import A\n",
                "from .b import B\n",
                "blocks",
                "from .a import A\nfrom .b import B\n");
        assertUnitedNew(".gitignore", "node_modules/\n", "node_modules/\ndist/\n", "lines", "node_modules/\ndist/\n");
        assertUnitedNew(
                "jobs.yml",
                "jobs:\n- name: a\n  run: x\n",
                "jobs:\n- name: b\n  run: y\n",
                "lines",
                "jobs:\n- name: a\n  run: x\n- name: b\n  run: y\n");
    }

    @Test
    void new_files_that_are_more_than_lists_are_not() {
        assertRefusedNew("README.md", "# A\n\nThis is one text.\n", "# A\n\nThis is another.\n");
        assertRefusedNew("LICENSE", "mine\n", "yours\n");
        assertRefusedNew("A.java", "class A {\n  int a;\n}\n", "class A {\n  int b;\n}\n");
        assertRefusedNew("a.py", "def a():\n    return 1\n", "def a():\n    return 2\n");
        assertRefusedNew("main.py", "print('a')\n", "print('b')\n");
        assertRefusedNew("index.js", "export default require('./a');\n", "export default require('./b');\n");
        assertRefusedNew("index.js", "exports.a = require('./a');\n", "exports.a = require('./b');\n");
        assertRefusedNew("index.js", "module.exports = require('./a');\n", "module.exports = require('./b');\n");
        assertRefusedNew("package.json", "{\n  \"a\": 1\n}\n", "{\n  \"b\": 1\n}\n");
        assertRefusedNew("a.yml", "name: a\n", "name: b\n");
        assertRefusedNew("a.html", "<p>a</p>\n", "<p>b</p>\n");
    }

    private static void assertUnitedNew(String path, String head, String result, String rule, String united) {
        var made = BlockUnion.ofNew(path, bytes(head), bytes(result));
        assertThat(made.map(each -> new String(each.content(), StandardCharsets.ISO_8859_1)))
                .as(path)
                .contains(united);
        assertThat(made.orElseThrow().rule()).isEqualTo(rule);
    }

    private static void assertRefusedNew(String path, String head, String result) {
        assertThat(BlockUnion.ofNew(path, bytes(head), bytes(result))
                        .map(each -> new String(each.content(), StandardCharsets.ISO_8859_1)))
                .as(path)
                .isEmpty();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void assertUnited(String path, String base, String head, String result, String rule, String united) {
        var made = of(path, base, head, result);
        assertThat(made.map(each -> new String(each.content(), StandardCharsets.ISO_8859_1)))
                .contains(united);
        assertThat(made.orElseThrow().rule()).isEqualTo(rule);
    }

    private static void assertRefused(String path, String base, String head, String result) {
        assertThat(of(path, base, head, result).map(each -> new String(each.content(), StandardCharsets.ISO_8859_1)))
                .as(path)
                .isEmpty();
    }

    private static Optional<BlockUnion.United> of(String path, String base, String head, String result) {
        return BlockUnion.of(
                path,
                base.getBytes(StandardCharsets.ISO_8859_1),
                head.getBytes(StandardCharsets.ISO_8859_1),
                result.getBytes(StandardCharsets.ISO_8859_1));
    }
}
