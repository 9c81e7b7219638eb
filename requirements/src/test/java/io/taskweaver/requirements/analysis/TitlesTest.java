package io.taskweaver.requirements.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.model.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TitlesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            The system shall send an invoice                    | Send an invoice
            Users must be able to reset their password          | Reset their password
            Our platform will archive old orders                | Archive old orders
            Das System muss Kunden per E-Mail benachrichtigen   | Kunden per E-Mail benachrichtigen
            Benutzer sollen Artikel bewerten können             | Artikel bewerten
            Le système doit notifier les clients                | Notifier les clients
            L’utilisateur peut ajouter un article au panier     | Ajouter un article au panier
            El sistema deberá permitir la exportación           | Permitir la exportación
            Los usuarios pueden cancelar pedidos                | Cancelar pedidos
            L'utente deve poter annullare un ordine             | Annullare un ordine
            O sistema deve registrar logout                     | Registrar logout
            Система должна отправлять уведомления               | Отправлять уведомления
            系统必须支持导出订单                                    | 支持导出订单
            """)
    void a_title_says_what_to_do(String statement, String title) {
        assertThat(Titles.ofText(statement)).isEqualTo(title);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            The system shall be available at night
            El sistema debe ser escalable
            Das System muss skalierbar sein
            Система должна быть доступна ночью
            Le système ne doit pas stocker de cartes
            Das System darf keine Karten speichern
            El sistema debe no almacenar tarjetas
            Der Administrator soll Artikel anlegen
            系统应用列表
            """)
    void what_says_no_more_than_how_something_is_or_by_whom_it_is_done_stays_whole(String statement) {
        assertThat(Titles.ofText(statement)).isEqualTo(statement.replace("shall", "must"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Print labels (depends on R-1)                        | Print labels
            Etiketten drucken (abhängig von R-1 und R-2)         | Etiketten drucken
            Etiketten drucken (benötigt R-1)                     | Etiketten drucken
            Imprimer les étiquettes (dépend de R-1)              | Imprimer les étiquettes
            Печатать этикетки (зависит от R-1)                   | Печатать этикетки
            打印标签（依赖 R-1）                                    | 打印标签
            ラベルを印刷する（R-1 に依存）                            | ラベルを印刷する
            Etiketten drucken (benötigt Anmeldung)               | Etiketten drucken (benötigt Anmeldung)
            Etiketten drucken (A4, siehe R-1)                    | Etiketten drucken (A4, siehe R-1)
            """)
    void needs_in_brackets_are_no_part_of_a_title(String statement, String title) {
        assertThat(Titles.ofText(statement)).isEqualTo(title);
    }

    @Test
    void the_product_that_a_document_is_called_after_is_not_said_again() {
        var analysis = Analyst.analyse(new Document("REQUIREMENTS.md", """
                # Rechner
                ## Anforderungen
                - R-1: Der Rechner muss zwei Zahlen addieren.
                - R-2: Der Rechnerbetrieb muss den Verlauf anzeigen.
                - R-3: Der Rechner muss schnell sein.
                """));
        assertThat(analysis.requirements())
                .extracting(Requirement::title)
                .containsExactly(
                        "Zwei Zahlen addieren",
                        "Der Rechnerbetrieb muss den Verlauf anzeigen",
                        "Der Rechner muss schnell sein");
    }
}
