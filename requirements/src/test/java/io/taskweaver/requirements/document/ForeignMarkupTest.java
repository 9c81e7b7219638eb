package io.taskweaver.requirements.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.model.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForeignMarkupTest {
    @ParameterizedTest
    @CsvSource({
        "a.adoc, ASCIIDOC",
        "docs/Spec.RST, RESTRUCTURED_TEXT",
        "plan.org, ORG",
        "srs.tex, LATEX",
        "x.textile, TEXTILE"
    })
    void the_ending_of_a_name_says_what_a_document_is(String path, ForeignMarkup markup) {
        assertThat(ForeignMarkup.of(new Document(path, "- The system shall send codes\n")))
                .contains(markup);
    }

    @ParameterizedTest
    @ValueSource(strings = {"""
            = Bibliothek
            :toc:

            == Anforderungen

            * Leser leihen Bücher aus
            """, """
            == Features

            [cols="1,2"]
            |===
            |ID |Requirement
            |===
            """, """
            = Salle de réunion

            [NOTE]
            Une note.

            == Exigences
            """})
    void asciidoc_is_known_by_its_lines(String text) {
        assertThat(ForeignMarkup.of(new Document("spec.txt", text))).contains(ForeignMarkup.ASCIIDOC);
    }

    @ParameterizedTest
    @ValueSource(strings = {"""
            ============
            Requirements
            ============

            .. contents::

            * Users sign in
            """, """
            Anforderungen
            =============

            :Author: A

            .. list-table::
               :header-rows: 1
            """, """
            See :ref:`codes`.

            .. _codes:
            """})
    void restructured_text_is_known_by_its_lines(String text) {
        assertThat(ForeignMarkup.of(new Document("spec.txt", text))).contains(ForeignMarkup.RESTRUCTURED_TEXT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#+TITLE: Lockers\n\n* Features\n** TODO Send codes\n",
                "* TODO Codes senden\n:PROPERTIES:\n:ID: 1\n:END:\n",
                "#+title: Casiers\n#+begin_src\nx\n#+end_src\n"
            })
    void org_is_known_by_its_lines(String text) {
        assertThat(ForeignMarkup.of(new Document("spec.txt", text))).contains(ForeignMarkup.ORG);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "# Desk\n\n```adoc\n= Title\n:toc:\n\n== Section\n|===\n```\n",
                "Desk\n====\n\n- The system shall send codes\n",
                "Desk\n~~~~\n\n- The system shall send codes\n",
                "# Docs\n\n== Not a heading\n|===\n:toc:\n",
                "* Users sign in\n** by mail\n* Users sign out\n",
                "Title: value\n:smile: is an emoji\n",
                "FR-1 The system shall export `.. code::` blocks\n"
            })
    void markdown_is_none_of_them(String text) {
        assertThat(ForeignMarkup.of(new Document("spec.md", text))).isEmpty();
    }

    @Test
    void the_conversion_names_the_file() {
        assertThat(ForeignMarkup.ORG.conversion("docs/plan.org"))
                .isEqualTo("pandoc -f org -t gfm -o docs/plan.md docs/plan.org");
        assertThat(ForeignMarkup.ORG.conversion("standard input")).isEqualTo("pandoc -f org -t gfm -o FILE.md FILE");
    }
}
