package io.taskweaver.requirements.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.model.SourceSpan;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DependencesTest {
    private static final SourceSpan HERE = new SourceSpan("d.md", 1, 1);

    static Stream<Arguments> statements() {
        return Stream.of(
                Arguments.of("Build it (depends on 3 & 4)", List.of(number(3), number(4))),
                Arguments.of("Build it, depends on FR-1, FR-2 and FR-3.", List.of(id("FR-1"), id("FR-2"), id("FR-3"))),
                Arguments.of("T014 Service (depends on T010-T012)", List.of(new Reference.Range("T010", "T012"))),
                Arguments.of("Needs FR-001 to FR-005", List.of(new Reference.Range("FR-001", "FR-005"))),
                Arguments.of("Runs after OR-2", List.of(id("OR-2"))),
                Arguments.of("Blocked by: task 7", List.of(new Reference.Ordinal("TASK", 7))),
                Arguments.of("requires Requirement 3", List.of(new Reference.Ordinal("REQ", 3))),
                Arguments.of("depends on 2-4", List.of(number(2), number(3), number(4))),
                Arguments.of("depends on the payment service", List.of(new Reference.Name("the payment service"))),
                Arguments.of("after \"Show products\"", List.of(new Reference.Name("Show products"))));
    }

    @ParameterizedTest
    @MethodSource("statements")
    void statements_are_understood(String text, List<Reference> references) {
        assertThat(Dependences.in(text, HERE))
                .singleElement()
                .satisfies(found -> assertThat(found.references()).isEqualTo(references));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Etiketten drucken, hängt von A1 und A2 ab",
                "Lista de paquetes, depende de A1 y A2",
                "Afficher la carte (dépend de A1, A2)",
                "Stampa etichette: dipende da A1 e A2",
                "Relatório bloqueado por A1; A2",
                "Отчёт зависит от A1 и A2",
                "荷物を検索する。A1、A2 に依存する",
                "レポート（前提：A1、A2）",
                "导出报表，依赖A1和A2",
                "A1에 의존한다. A1, A2에 의존",
                "Etiketleri yazdır, A1 ve A2'ye bağlıdır",
                "طباعة الملصقات تعتمد على A1 و A2",
            })
    void dependences_are_stated_in_any_language(String text) {
        var found = Dependences.in(text, HERE);
        assertThat(found.getLast().references()).containsExactly(id("A1"), id("A2"));
        assertThat(found.getLast().certain()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bericht, nicht abhängig von A1",
                "El informe no depende de A1",
                "Le rapport ne dépend pas de A1",
                "Отчёт не зависит от A1",
                "报表不依赖 A1",
                "A1に依存しない",
                "A1에 의존하지 않는다",
                "A1'e bağlı değil",
                "Nach 3 Tagen benötigt er 2 Schlüssel",
                "通知は3日後に必要",
            })
    void what_is_denied_or_counts_something_else_is_no_dependence(String text) {
        assertThat(Dependences.in(text, HERE)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FR-1、FR-2",
                "FR-1，FR-2",
                "FR-1；FR-2",
                "FR-1 und FR-2",
                "FR-1 sowie FR-2",
                "FR-1 y FR-2",
                "FR-1 и FR-2",
                "FR-1和FR-2",
                "FR-1 と FR-2",
                "FR-1 및 FR-2",
                "FR-1، FR-2",
                "FR-1 ve FR-2",
                "FR-1・FR-2"
            })
    void lists_are_separated_as_people_write(String list) {
        assertThat(Dependences.listed(list, HERE).orElseThrow().references()).containsExactly(id("FR-1"), id("FR-2"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Keine", "aucune dépendance", "ninguno", "нет", "无", "なし。", "없음", "yok", "لا يوجد", "N/A", "—"})
    void nothing_is_listed_in_any_language(String list) {
        assertThat(Dependences.listed(list, HERE)).isEmpty();
    }

    @Test
    void names_that_begin_like_nothing_are_names() {
        assertThat(Dependences.listed("无线模块", HERE)).isPresent();
    }

    @Test
    void words_that_name_nothing_are_no_dependencies() {
        assertThat(Dependences.in("It requires a password after 30 days and needs 3 replicas", HERE))
                .isEmpty();
        assertThat(Dependences.in("It does not depend on FR-3", HERE)).isEmpty();
        assertThat(Dependences.in("do not dispatch until its dependencies are complete", HERE))
                .isEmpty();
        assertThat(Dependences.in("requires UTF-8", HERE)).isEmpty();
    }

    @Test
    void a_cell_lists_what_it_depends_on() {
        assertThat(Dependences.listed("None", HERE)).isEmpty();
        assertThat(Dependences.listed("—", HERE)).isEmpty();
        assertThat(Dependences.listed("FR-1; FR-2", HERE).orElseThrow().references())
                .containsExactly(id("FR-1"), id("FR-2"));
        assertThat(Dependences.listed("base-types, error handling", HERE)
                        .orElseThrow()
                        .references())
                .containsExactly(new Reference.Name("base-types"), new Reference.Name("error handling"));
    }

    private static Reference id(String id) {
        return new Reference.Id(id);
    }

    private static Reference number(int number) {
        return new Reference.Ordinal("", number);
    }
}
