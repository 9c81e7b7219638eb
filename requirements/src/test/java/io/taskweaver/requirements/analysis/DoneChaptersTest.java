package io.taskweaver.requirements.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.model.Document;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What chapters, labels, notes and columns say is there already is not planned again. */
class DoneChaptersTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "What exists today",
                "What already works in the depot",
                "2. Existing features",
                "Current release: 3.1 — Labels",
                "Latest version (2.4)",
                "Recently shipped",
                "Shipped in 2024",
                "Where we are today",
                "Bestehende Funktionen",
                "Bereits vorhandene Module",
                "Aktuelle Version 1.4: Etiketten",
                "Ce qui existe déjà",
                "Funcionalidades existentes",
                "Что уже сделано",
                "现有功能",
                "既存機能",
                "기존 기능",
                "Mevcut özellikler"
            })
    void chapters_of_what_is_there_are_done_item_by_item(String heading) {
        var read = read("""
                # Depot

                ## %s

                The depot prints labels today and is used by three shops every day.

                - Label printer with two trays
                - Search by sender

                ## Backlog

                - Weigh parcels on arrival
                - Send a message on delivery
                """.formatted(heading));

        assertThat(open(read)).containsExactly("Weigh parcels on arrival", "Send a message on delivery");
        assertThat(read).filteredOn(Requirement::done).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Developed features of the current app:",
                "Already built:",
                "**Implemented**",
                "Bereits umgesetzt:",
                "Déjà en place :",
                "Уже реализовано:",
                "- **Already done:**"
            })
    void labels_of_what_is_there_too(String label) {
        var indent = label.startsWith("-") ? "  " : "";
        var read = read("# Depot\n\n## Features\n\n- Weigh parcels\n- Sort parcels\n\n## Labels\n\n" + label + "\n\n"
                + indent + "- Print labels in black\n" + indent + "- Print labels in red\n");

        assertThat(open(read)).containsExactly("Weigh parcels", "Sort parcels");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "- Search by sender (already exists)\n",
                "- Search by sender (existing)\n",
                "- Suche nach Absender (bereits vorhanden)\n",
                "- Recherche par expéditeur (existe déjà)\n",
                "- Поиск по отправителю — уже есть\n",
                "- Поиск по отправителю (выпущен)\n",
                "- 送り主で検索する（既存）\n"
            })
    void notes_behind_statements_too(String item) {
        assertThat(open(read("# Depot\n\n## Features\n\n" + item + "- Weigh parcels\n")))
                .containsExactly("Weigh parcels");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "- Added a second tray\n- Fixed the search by sender\n- Removed the old archive\n",
                "- Ajouté un second bac\n- Corrigé la recherche par expéditeur\n",
                "- Добавлен второй лоток\n- Исправлен поиск по отправителю\n"
            })
    void lists_that_tell_what_was_done_are_no_work(String notes) {
        assertThat(open(read("# Depot\n\n## 1.4\n\n" + notes + "\n## Backlog\n\n- Weigh parcels\n")))
                .containsExactly("Weigh parcels");
    }

    @Test
    void changes_of_a_version_are_done() {
        assertThat(open(read("""
                # Depot

                ## Planned

                - Weigh parcels

                ## [1.4.0] - 2025-03-01

                ### Added

                - Second tray for labels
                - Search by sender
                """))).containsExactly("Weigh parcels");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Pending features", "Funcionalidades pendientes", "Geplante Funktionen", "待开发功能", "未実装機能"})
    void what_is_still_open_is_work_also_below_the_state_of_things(String heading) {
        assertThat(open(read("# Depot\n\n## Current state\n\n### Existing features\n\n- Print labels\n\n### " + heading
                        + "\n\n- Weigh parcels\n- Sort parcels\n")))
                .containsExactly("Weigh parcels", "Sort parcels");
    }

    @Test
    void an_open_box_below_stays_open() {
        assertThat(open(read("""
                # Depot
                ## Existing features
                - [ ] Print labels in red
                - Search by sender
                """))).containsExactly("Print labels in red");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Feature|Implemented|yes|no", "Funktion|Umgesetzt|ja|nein", "Fonctionnalité|Fait|oui|non"})
    void a_yes_below_done_is_done(String words) {
        var word = words.split("\\|", -1);
        assertThat(open(read(
                        "# Depot\n\n## Features\n\n| ID | %s | %s |\n|---|---|---|\n| F1 | Print labels | %s |\n| F2 | Weigh parcels | %s |\n"
                                .formatted((Object[]) word))))
                .containsExactly("Weigh parcels");
    }

    @Test
    void a_status_of_a_row_speaks_against_the_mark_of_its_chapter() {
        assertThat(open(read("""
                # Depot
                ## ✅ State of features
                | ID | Feature | Status |
                |---|---|---|
                | F1 | Print labels | ✅ done |
                | F2 | Weigh parcels | half of it |
                """))).containsExactly("Weigh parcels");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Improved search", "Built-in features", "Current sprint", "v2.0 (2027-01)", "Completeness checks"
            })
    void other_headings_say_nothing_of_the_kind(String heading) {
        assertThat(open(read("# Depot\n\n## " + heading + "\n\n- Print labels\n- Weigh parcels\n")))
                .containsExactly("Print labels", "Weigh parcels");
    }

    private static List<Requirement> read(String text) {
        return Analyst.analyse(new Document("depot.md", text)).requirements();
    }

    private static List<String> open(List<Requirement> read) {
        return read.stream()
                .filter(task -> !task.done())
                .map(Requirement::title)
                .toList();
    }
}
