package io.taskweaver.scheduling.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkTypeTest {
    private static WorkType type(String title, String... section) {
        return WorkType.of(new Subject(title, "", 1, List.of(section)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Set up the project repository | SET_UP",
                "Projekt aufsetzen | SET_UP",
                "Initialiser le projet | SET_UP",
                "搭建项目 | SET_UP",
                "Set up the database schema | DATA",
                "Datenbanktabelle der Kunden anlegen | DATA",
                "Créer la base de données | DATA",
                "顧客のテーブルを追加する | DATA",
                "Implement the POST /api/orders endpoint | INTERFACE",
                "Show orders on a page | SCREEN",
                "Bestellungen auf einer Seite zeigen | SCREEN",
                "Add tests of the resolver | TESTS",
                "Написать тесты для корзины | TESTS",
                "Run the full suite | VERIFICATION",
                "Alles prüfen | VERIFICATION",
                "端到端测试 | VERIFICATION",
                "Write the user guide | DOCUMENTATION",
                "Documenter l'architecture | DOCUMENTATION",
                "Documentar la interfaz | DOCUMENTATION",
                "Deploy to production | DEPLOYMENT",
                "Desplegar en producción | DEPLOYMENT",
                "Verify the address of a user by mail | OTHER",
                "Track documents that users upload | OTHER"
            })
    void titles_tell_what_type_of_work_a_task_is(String title, WorkType type) {
        assertThat(type(title)).isEqualTo(type);
    }

    @Test
    void a_heading_that_says_nothing_else_decides_before_the_title() {
        assertThat(type("Explain what paid accounts mean", "4. Documentation")).isEqualTo(WorkType.DOCUMENTATION);
        assertThat(type("Upload a picture", "Group 5: Verification")).isEqualTo(WorkType.VERIFICATION);
        assertThat(type("Bild hochladen", "Abnahme und Tests")).isEqualTo(WorkType.VERIFICATION);
        assertThat(type("Upload a picture", "Document verification service")).isEqualTo(WorkType.OTHER);
    }

    @Test
    void the_innermost_heading_that_has_a_type_decides() {
        assertThat(type("Check it", "Setup", "Tests")).isEqualTo(WorkType.VERIFICATION);
        assertThat(type("Check it", "Setup", "Accounts")).isEqualTo(WorkType.SET_UP);
    }

    @Test
    void phases_are_numbered_by_their_headings() {
        var words = WorkWords.shipped();
        assertThat(words.phaseOf(List.of("Phase 2: Payment"))).hasValue(2);
        assertThat(words.phaseOf(List.of("Plan", "Meilenstein 3"))).hasValue(3);
        assertThat(words.phaseOf(List.of("3.2 Payment"))).isEmpty();
    }
}
