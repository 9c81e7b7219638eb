package io.taskweaver.requirements.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.model.Document;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same in other languages and spellings: dependences, attributes, progress, negation. */
class LanguagesTest {
    private static Analysis read(String text) {
        return Analyst.analyse(new Document("d.md", text));
    }

    private static Requirement only(String item) {
        var read = read("# Portal\n\n## Requirements\n\n" + item + "\n");
        assertThat(read.requirements()).as(item + " " + read).hasSize(1);
        return read.requirements().getFirst();
    }

    private static List<Reference> needs(Analysis read, String id) {
        return read.requirements().stream()
                .filter(requirement -> requirement.id().orElse("").equals(id))
                .flatMap(requirement -> requirement.dependences().stream())
                .flatMap(dependence -> dependence.references().stream())
                .toList();
    }

    @Nested
    class Columns {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "ID | 要件 | 前提 | 担当",
                    "ID | 要件 | 依存 | 優先度",
                    "编号 | 需求 | 前置条件 | 负责人",
                    "번호 | 요구사항 | 선행 조건 | 담당자",
                    "Nr | Anforderung | Voraussetzung | Zuständig",
                    "N° | Exigence | Prérequis | Responsable",
                    "ID | Requisito | Requisitos previos | Responsable",
                    "ID | Requisito | Prerequisiti | Responsabile",
                    "ID | Requisito | Pré-requisitos | Responsável",
                    "ID | Требование | Предшественники | Ответственный",
                    "المعرف | المتطلب | يعتمد على | المسؤول",
                    "No | Gereksinim | Ön koşul | Sorumlu",
                })
        void a_column_of_what_is_needed_first_is_found(String header) {
            var read = read("""
                    # X

                    | %s |
                    |---|---|---|---|
                    | FR-1 | aaa bbb ccc | — | x |
                    | FR-2 | ddd eee fff | FR-1 | x |
                    | FR-3 | ggg hhh iii | FR-1、FR-2 | x |
                    """.formatted(header));
            assertThat(read.requirements()).hasSize(3);
            assertThat(needs(read, "FR-1")).isEmpty();
            assertThat(needs(read, "FR-3")).containsExactly(new Reference.Id("FR-1"), new Reference.Id("FR-2"));
        }

        @Test
        void lines_of_attributes_may_have_wide_colons() {
            var read = read("""
                    # 要件

                    ### FR-1 荷物の登録
                    - 優先度：高
                    - 状態：完了

                    ### FR-2 荷物の印刷
                    - 優先度：低
                    - 依存：FR-1
                    - 担当：田中
                    """);
            assertThat(read.requirements()).extracting(Requirement::done).containsExactly(true, false);
            assertThat(read.requirements().getLast().importance()).contains(Importance.LOW);
            assertThat(needs(read, "FR-2")).containsExactly(new Reference.Id("FR-1"));
        }
    }

    @Nested
    class Done {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "- FR-1: Print labels. Done.",
                    "- FR-1: Print labels: done",
                    "- FR-1: Print labels — **Done**",
                    "- FR-1: Print labels :white_check_mark:",
                    "- :heavy_check_mark: FR-1: Print labels",
                    "- FR-1: Print labels (shipped in 1.2)",
                    "- FR-1: Print labels ✔ implemented",
                    "- FR-1: Print labels, implemented in 2.0",
                    "- FR-1: DONE: Print labels",
                    "- FR-1: Printing labels is already implemented",
                    "- FR-1: Etiketten drucken. Erledigt.",
                    "- FR-1: Etiketten drucken (ausgeliefert in 1.2)",
                    "- FR-1: Imprimer les étiquettes : fait",
                    "- FR-1: Imprimir etiquetas. Hecho.",
                    "- FR-1: Stampare le etichette (completato)",
                    "- FR-1: Imprimir etiquetas — concluído",
                    "- FR-1: Печать этикеток. Готово.",
                    "- FR-1: 打印标签。已完成",
                    "- FR-1: ラベル印刷（1.2で実装済み）",
                    "- FR-1: 라벨 인쇄 - 완료",
                    "- FR-1: طباعة الملصقات (مكتمل)",
                    "- FR-1: Etiket yazdırma: tamamlandı",
                })
        void what_is_done_is_done_in_any_spelling(String item) {
            var requirement = only(item);
            assertThat(requirement.done()).as(item).isTrue();
            assertThat(requirement.title().toLowerCase(java.util.Locale.ROOT))
                    .doesNotContain("done", "shipped", "implemented", "erledigt", "完成", "✔", "✅");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "- [ ] The job is done when all parcels are stored",
                    "- [ ] Show a Done button",
                    "- [ ] Filter by status: done",
                    "- [ ] Mark a task as done",
                    "- [ ] Show which steps are completed. Completed steps are grey.",
                    "- [ ] Close the account after it has been cancelled",
                    "- [ ] Show attachments (removed by the user)",
                    "- [ ] Pay the bill (done by the bank)",
                    "- [ ] Ein Auftrag gilt als erledigt, wenn alle Pakete erfasst sind",
                    "- [ ] Aufträge als erledigt markieren",
                    "- [ ] Marcar el pedido como hecho",
                    "- [ ] Afficher le bouton « Fait »",
                    "- [ ] 完了したタスクを表示する",
                    "- [ ] 标记任务为已完成",
                    "- [ ] 완료된 작업을 표시한다",
                    "- [ ] Отмечать задачи как выполненные",
                })
        void what_speaks_of_something_done_is_to_do(String item) {
            assertThat(only(item).done()).as(item).isFalse();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "- FR-1: Fax entfällt",
                    "- FR-1: Fax (entfällt)",
                    "- FR-1: Karte: zurückgestellt",
                    "- FR-1: The fax was dropped.",
                    "- FR-1: Fax won't be built",
                    "- FR-1: Carte, à faire : reporté",
                    "- FR-1: El fax. Descartado.",
                    "- FR-1: Факс: отклонено",
                    "- FR-1: 传真（已取消）",
                    "- FR-1: ファックスは対象外",
                    "- FR-1: 팩스 - 보류",
                    "- FR-1: Faks (iptal edildi)",
                    "- FR-1: Fax :x:",
                })
        void what_is_not_to_be_done_is_a_boundary(String item) {
            var read = read("# Portal\n\n## Requirements\n\n" + item + "\n- FR-2: Print labels\n");
            assertThat(read.requirements()).extracting(Requirement::title).containsExactly("Print labels");
            assertThat(read.boundaries()).hasSize(1);
        }
    }

    @Nested
    class Numerals {
        private void assertSections(String requirements, String excluded) {
            var read = read(
                    "# X\n\n## %s\n\n- aaa bbb\n- ccc ddd\n\n## %s\n\n- eee fff\n".formatted(requirements, excluded));
            assertThat(read.requirements())
                    .as(requirements)
                    .hasSize(2)
                    .allSatisfy(
                            requirement -> assertThat(requirement.component()).isEmpty());
            assertThat(read.boundaries()).as(excluded).hasSize(1);
        }

        @Test
        void before_headings_do_not_hide_their_words() {
            assertSections("二、功能需求", "三、非目标");
            assertSections("第二章 功能需求", "第三章：不在范围内");
            assertSections("（二）用户故事", "（三）范围外");
            assertSections("第２章　機能要件", "第３章　対象外");
            assertSections("제2장 기능 요구사항", "제3장 범위 외");
            assertSections("٢. المتطلبات الوظيفية", "٣. خارج النطاق");
            assertSections("Kapitel 2: Anforderungen", "Kapitel 3: Nicht im Umfang");
            assertSections("Глава 2. Требования", "Глава 3. Вне рамок");
            assertSections("2、要件", "3、スコープ外");
        }

        @Test
        void that_are_no_numbers_stay() {
            var read = read("# X\n\n## 三方支付\n\n- aaa bbb\n\n## 十分钟提醒\n\n- ccc ddd\n");
            assertThat(read.requirements())
                    .extracting(
                            requirement -> requirement.component().orElseThrow().name())
                    .containsExactly("三方支付", "十分钟提醒");
        }

        @ParameterizedTest
        @ValueSource(strings = {"1、aaa\n2、bbb", "１．aaa\n２．bbb", "١. aaa\n٢. bbb", "① aaa\n② bbb", "・aaa\n・bbb"})
        void begin_the_items_of_lists(String list) {
            assertThat(read("# X\n\n## Requirements\n\n" + list + "\n").requirements())
                    .extracting(Requirement::title)
                    .containsExactly("Aaa", "Bbb");
        }

        @ParameterizedTest
        @ValueSource(strings = {"第一阶段：登录", "フェーズ1", "2단계 인쇄", "Этап 2", "المرحلة 2"})
        void of_stages_say_that_steps_follow(String heading) {
            assertThat(Role.of(heading)).isEqualTo(Role.STEPS);
        }

        @Test
        void definitions_are_items() {
            var read = read("""
                    # X

                    ## Anforderungen

                    FR-1
                    : Das System druckt Etiketten

                    FR-2
                    : Das System findet Pakete

                    ## Glossar

                    Paket
                    : eine Kiste
                    """);
            assertThat(read.requirements())
                    .extracting(requirement -> requirement.id().orElse(""))
                    .containsExactly("FR-1", "FR-2");
        }
    }

    @Nested
    class Unknown {
        private static final String FINNISH = """
                # Pakettipalvelu

                ## Johdanto

                Tämä asiakirja kuvaa pakettipalvelun, joka auttaa kuljettajia löytämään lokerot nopeasti ja luotettavasti.

                ## Toiminnalliset vaatimukset

                - [ ] Käyttäjän on voitava kirjautua sisään sähköpostilla
                - [ ] Järjestelmän tulee tulostaa tarrat jokaiselle paketille
                - PK-1: Lähetä ilmoitus asiakkaalle kun paketti on perillä

                | Tunnus | Vaatimus | Tila |
                |---|---|---|
                | PK-2 | Tulosta raportti viikon paketeista | kesken |
                """;

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "# पार्सल सेवा\n\n## आवश्यकताएँ\n\n- उपयोगकर्ता ईमेल से लॉगिन कर सकता है\n- प्रणाली लेबल छापेगी\n",
                    "# Υπηρεσία δεμάτων\n\n## Απαιτήσεις\n\n- Ο χρήστης συνδέεται\n- Το σύστημα τυπώνει ετικέτες\n",
                    "# Balíky\n\n- Systém musí ukládat balíky uživatele\n- Uživatel se může přihlásit pomocí e-mailu\n- Pokud balík nelze najít, systém zobrazí zprávu\n- Kurýři otevírají schránky na své trase a každou z nich potvrdí podpisem zákazníka\n",
                })
        void languages_are_named_and_read_by_structure(String text) {
            var read = read(text);
            assertThat(read.requirements()).isNotEmpty();
            assertThat(read.remarks()).extracting(ReadingNotice::code).contains("unknown-language");
        }

        @Test
        void a_warning_says_which_document_and_what_to_do() {
            var read = read(FINNISH);
            assertThat(read.requirements()).hasSize(4);
            assertThat(read.remarks())
                    .filteredOn(remark -> remark.code().equals("unknown-language"))
                    .singleElement()
                    .extracting(ReadingNotice::message)
                    .asString()
                    .contains("d.md", "lexicon.tsv", "docs/documents.md");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "The courier opens the lockers of the route and confirms each parcel with a signature of the customer, who gets a message by mail when it has arrived.",
                    "Der Bote öffnet die Schließfächer der Route und bestätigt jedes Paket mit einer Unterschrift des Kunden, der eine Nachricht erhält, wenn es da ist.",
                    "Le livreur ouvre les casiers de sa tournée et confirme chaque colis avec la signature du client, qui reçoit un message quand il est arrivé.",
                    "Курьер открывает ячейки на маршруте и подтверждает каждую посылку подписью клиента, который получает сообщение, если она прибыла, и не позднее одного часа после этого на почту.",
                    "配送員はロッカーを開けて荷物ごとに署名を確認する。",
                    "ok",
                })
        void known_languages_get_no_warning(String text) {
            assertThat(read("# X\n\n" + text + "\n").remarks())
                    .extracting(ReadingNotice::code)
                    .doesNotContain("unknown-language");
        }
    }

    @Nested
    class Negation {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "No ads",
                    "Keine Werbung",
                    "Pas de publicité",
                    "Sin anuncios",
                    "Nessuna pubblicità",
                    "Sem anúncios",
                    "Никакой рекламы",
                    "広告なし",
                    "不含广告",
                    "광고 없음",
                    "بدون إعلانات",
                    "Reklam yok",
                    "Das System speichert keine Kartennummern",
                    "El sistema no almacena números de tarjeta",
                    "Il sistema non memorizza i numeri",
                    "Система не хранит номера карт",
                    "Le système ne doit pas stocker de numéros",
                    "Sistem kart numaralarını saklamayacak",
                    "Sistem kart numaralarını saklamamalıdır",
                    "카드 번호를 저장하지 않는다",
                    "카드 번호를 저장하지 않아야 한다",
                    "カード番号を保存しない",
                    "カード番号を保存してはならない",
                    "系统不得保存卡号",
                    "لا يجوز للنظام حفظ أرقام البطاقات",
                    "يجب ألا يحفظ النظام أرقام البطاقات",
                    "The system shall not keep codes unless they are encrypted",
                })
        void a_prohibition_binds_and_is_no_task(String statement) {
            for (var item : List.of("- " + statement, "- FR-1: " + statement)) {
                var read = read("# Portal\n\n## Requirements\n\n" + item + "\n- FR-2: Print labels\n");
                assertThat(read.requirements())
                        .as(item)
                        .extracting(Requirement::title)
                        .containsExactly("Print labels");
                assertThat(read.constraints().stream().map(Statement::text).collect(Collectors.joining()))
                        .contains(statement);
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "The app must not only store but also encrypt parcels",
                    "Remove the \"don't ask again\" box",
                    "A code must be entered no later than 5 minutes after the order",
                    "Users can have no more than 5 attempts",
                    "The login must not take more than 2 seconds",
                    "The system shall not allow more than 5 attempts",
                    "Show a message if the code cannot be read",
                    "All parcels are shown unless they cannot be found",
                    "Everybody except guests can rate couriers",
                    "Users who do not log in see the start page",
                    "Print labels. Do not print codes on them.",
                    "No-code editor for rules",
                    "Non-blocking upload",
                    "Nicht nur Administratoren, sondern auch Kuriere sehen die Karte",
                    "Nicht mehr als 5 Versuche erlauben",
                    "Ohne Anmeldung die Karte ansehen",
                    "Pas plus de 5 essais par jour",
                    "No más de 5 intentos",
                    "Не более 5 попыток",
                    "5回を超えない回数の試行を許可する",
                    "読み取りできない場合はメッセージを表示する",
                    "不超过5次尝试",
                    "如果不能读取代码，显示消息",
                    "显示不能送达的包裹",
                    "无障碍支持",
                    "5회를 초과하지 않는 시도를 허용한다",
                    "En fazla 5 deneme",
                })
        void a_limit_or_a_condition_forbids_nothing(String statement) {
            assertThat(only("- [ ] " + statement).title()).isNotBlank();
            var read = read("# Portal\n\n## Requirements\n\n- " + statement + "\n- Print labels\n");
            assertThat(read.constraints()).as(statement).isEmpty();
        }

        @Test
        void what_asks_beside_forbidding_is_a_task() {
            var read = read(
                    "# Portal\n\n- FR-1: The system shall not store cards. It shall store a token.\n- FR-2: Print\n");
            assertThat(read.requirements()).hasSize(2);
        }
    }
}
