package io.taskweaver.scheduling.planning;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.model.CodeFile;
import io.taskweaver.model.Document;
import io.taskweaver.requirements.analysis.Structure;
import io.taskweaver.requirements.analysis.StructureReader;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProjectLanguageTest {
    private static Optional<ProjectLanguage> of(String... paths) {
        return ProjectLanguage.of(Stream.of(paths)
                .map(path -> new CodeFile(path, 1, Optional.empty()))
                .toList());
    }

    private static Optional<ProjectLanguage> said(String document, String structure, String... constraints) {
        return ProjectLanguage.of(
                List.of(new Document("REQUIREMENTS.md", document)),
                structure.isEmpty() ? Structure.NONE : StructureReader.read(new Document("STRUCTURE.md", structure)),
                List.of(constraints));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            src/main/java/A.java src/main/java/B.java web/app.js            | Java       | true
            src/App.tsx src/a.ts src/b.mts server/Main.java                 | TypeScript | false
            index.js lib/a.cjs README.md docs/a.md                          | JavaScript | false
            app/main.py setup.cfg                                           | Python     | false
            src/main/kotlin/A.kt src/main/kotlin/B.kt                       | Kotlin     | false
            src/main/kotlin/A.kt src/main/kotlin/B.kt src/main/java/C.java  | Kotlin     | true
            src/main/scala/A.scala src/main/scala/B.scala build.sbt         | Scala      | false
            a.js B.java                                                     | Java       | true
            pom.xml README.md                                               | Java       | true
            package.json README.md                                          | JavaScript | false
            src/main/java/A.java package.json                               | Java       | true
            index.html style.css a.html                                     | HTML       | false
            """)
    void code_is_in_the_language_of_most_of_its_source_files_else_of_its_build(
            String paths, String language, boolean takesJava) {
        var found = of(paths.split(" ", -1)).orElseThrow();

        assertThat(found.name()).isEqualTo(language);
        assertThat(found.takesJava()).isEqualTo(takesJava);
    }

    @Test
    void it_says_what_shows_the_language() {
        assertThat(of("a.py", "b.py", "c.js").orElseThrow().because()).isEqualTo("2 of 3 source files");
        assertThat(of("go.mod").orElseThrow().because()).isEqualTo("its build file is go.mod");
        assertThat(said("Change `app/main.py`.", "").orElseThrow().because())
                .isEqualTo("the documents name 'app/main.py'");
    }

    @Test
    void code_without_sources_says_nothing() {
        assertThat(of()).isEmpty();
        assertThat(of("README.md", "LICENSE", "notes.txt", "data.json")).isEmpty();
    }

    @Test
    void without_code_the_structure_says_it_before_constraints_and_documents() {
        var structure = "# Structure\n\n```\nsrc/\n  shop/\n    cart.py\n    store.py\n```\n";

        assertThat(said("", structure, "Node 22 only").orElseThrow().name()).isEqualTo("Python");
        assertThat(said("See src/Cart.java.", "", "Node 22 only").orElseThrow().name())
                .isEqualTo("JavaScript");
        assertThat(said("See src/Cart.java and src/cart.js.", "").orElseThrow().name())
                .isEqualTo("Java");
    }

    @Test
    void ordinary_words_and_what_is_ruled_out_name_no_language() {
        assertThat(said("- The editor shall highlight Python and Rust.", "")).isEmpty();
        assertThat(said("", "", "Pages work without JavaScript", "Do not use any Python", "Go to the next page"))
                .isEmpty();
        assertThat(said("", "", "Java 25 only, no Kotlin").orElseThrow().name()).isEqualTo("Java");
        assertThat(said("", "", "The front end is JavaScript").orElseThrow().name())
                .isEqualTo("JavaScript");
        assertThat(said("", "", "Written in Go").orElseThrow().name()).isEqualTo("Go");
        assertThat(said("See https://example.com/a.py or info@example.py.", "")).isEmpty();
    }

    @Property(tries = 200)
    void the_order_of_the_files_does_not_matter(@ForAll @Size(max = 12) List<Boolean> java) {
        var paths = Stream.iterate(0, i -> i + 1)
                .limit(java.size())
                .map(i -> java.get(i) ? "A" + i + ".java" : "a" + i + ".py")
                .toList();

        assertThat(of(paths.toArray(String[]::new)))
                .isEqualTo(of(paths.reversed().toArray(String[]::new)));
        long ours = java.stream().filter(each -> each).count();
        assertThat(of(paths.toArray(String[]::new)).map(ProjectLanguage::takesJava))
                .isEqualTo(java.isEmpty() ? Optional.empty() : Optional.of(ours * 2 >= java.size()));
    }

    @Property(tries = 300)
    void any_text_can_be_asked(@ForAll String text) {
        assertThat(said(text, "", text)).isNotNull();
    }
}
