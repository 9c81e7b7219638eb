package io.taskweaver.requirements.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.taskweaver.model.Document;
import io.taskweaver.requirements.analysis.ReadingNotice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrackerCsvTest {
    private static final Path CASES = Path.of(System.getProperty("taskweaver.cases", "../../shared/cases/reading"));

    private static TaskListing read(String text) {
        var reading = TrackerCsv.read(new Document("list.csv", text));
        assertThat(reading).isInstanceOf(TrackerCsv.Read.class);
        return ((TrackerCsv.Read) reading).listing();
    }

    private static List<String> lines(TaskListing listing) {
        return listing.list().entries().stream()
                .map(entry -> "%s %s %s %s %s"
                        .formatted(
                                entry.id(),
                                entry.title(),
                                entry.status().word(),
                                entry.priority().word(),
                                entry.dependencies()))
                .toList();
    }

    private static List<String> codes(TaskListing listing) {
        return listing.remarks().stream().map(ReadingNotice::code).toList();
    }

    @Test
    void issues_of_linear_are_read() throws IOException {
        assumeTrue(Files.isDirectory(CASES), () -> "the folder " + CASES + " is not here");
        assertThat(lines(read(Files.readString(CASES.resolve("a-13-linear.csv")))))
                .containsExactly(
                        "ENG-1 Add lockers pending critical []",
                        "ENG-2 Publish the map in-progress medium [ENG-1]",
                        "ENG-3 Old fax cancelled low []",
                        "ENG-4 Dup cancelled low []");
    }

    @Test
    void issues_of_jira_are_read_by_key_and_by_number() {
        var listing = read("""
                Summary,Issue key,Issue id,Parent id,Issue Type,Status,Priority,Labels,Labels,Inward issue link (Blocks),Outward issue link (Blocks),Original estimate,Custom field (Story Points),Description
                Lending,LIB-1,10001,,Epic,To Do,Medium,,,,,,,
                Add books,LIB-2,10002,10001,Story,Done,Highest,core,data,,LIB-3,3600,3,"Every book
                has a number"
                Lend books,LIB-3,10003,10001,Story,Selected for Development,High,,,LIB-2,,,,
                """);
        assertThat(lines(listing))
                .containsExactly(
                        "LIB-1 Lending pending medium []",
                        "LIB-2 Add books done critical []",
                        "LIB-3 Lend books pending high [LIB-2]");
        var books = listing.list().entries().get(1);
        assertThat(books.parent()).contains("LIB-1");
        assertThat(books.tags()).containsExactly("core", "data", "story");
        assertThat(books.minutes()).hasValue(60);
        assertThat(books.description()).isEqualTo("Every book\nhas a number");
        assertThat(listing.list().entries().get(2).source().orElseThrow().firstLine())
                .isEqualTo(5);
        assertThat(codes(listing)).containsExactly("unread-column");
    }

    @Test
    void pages_of_notion_are_read_and_their_relations_are_names() {
        var listing = read("""
                Name,Status,Priority,Blocked by,Parent item,Sub-item
                "Réserver, puis payer",En cours,Haute,"Afficher les salles (https://www.notion.so/Afficher-les-salles-12ab), Créer la base (Cr%C3%A9er%20la%20base.md)",,
                Afficher les salles,À faire,Basse,,,
                Créer la base,Terminé,,,Socle (https://www.notion.so/Socle-99),
                Socle,À faire,,,,
                """);
        assertThat(lines(listing))
                .containsExactly(
                        "réserver-puis-payer Réserver, puis payer in-progress high [afficher-les-salles, créer-la-base]",
                        "afficher-les-salles Afficher les salles pending low []",
                        "créer-la-base Créer la base done medium []",
                        "socle Socle pending medium []");
        assertThat(listing.list().entries().get(2).parent()).contains("socle");
        assertThat(codes(listing)).isEmpty();
    }

    @Test
    void issues_of_git_hub_are_read_with_what_their_bodies_say() {
        var listing = read("""
                number\ttitle\tstate\tstate_reason\tlabels\tassignees\tbody\turl
                12\tAdd lockers\tOPEN\t\tcore,api\tana\tText\thttps://github.com/o/r/issues/12
                13\tPublish the map\tOPEN\t\t\t\tDepends on #12 and #14.\thttps://github.com/o/r/issues/13
                14\tOld fax\tCLOSED\tnot_planned\t\t\t\thttps://github.com/o/r/issues/14
                15\tCodes\tCLOSED\tcompleted\t\t\tBlocked by: #12\thttps://github.com/o/r/issues/15
                """);
        assertThat(lines(listing))
                .containsExactly(
                        "12 Add lockers pending medium []",
                        "13 Publish the map pending medium [12, 14]",
                        "14 Old fax cancelled medium []",
                        "15 Codes done medium [12]");
        assertThat(listing.list().entries().getFirst().tags()).containsExactly("core", "api");
    }

    @Test
    void a_view_of_a_git_hub_project_has_its_numbers_in_addresses() {
        var listing = read("""
                Title\tURL\tAssignees\tStatus\tPriority
                Add lockers\thttps://github.com/o/r/issues/7\tana\tIn Progress\tP0
                Publish the map\thttps://github.com/o/r/issues/8\t\tBacklog\tP2
                """);
        assertThat(lines(listing))
                .containsExactly("7 Add lockers in-progress critical []", "8 Publish the map pending medium []");
    }

    @Test
    void headings_may_be_in_other_languages_and_semicolons_separate() {
        assertThat(lines(read("""
                Schlüssel;Zusammenfassung;Zustand;Priorität;Blockiert von
                B-1;Bücher anlegen;Erledigt;Hoch;
                B-2;Bücher ausleihen, einzeln;Offen;Niedrig;B-1
                """)))
                .containsExactly("B-1 Bücher anlegen done high []", "B-2 Bücher ausleihen, einzeln pending low [B-1]");
        assertThat(lines(read("""
                编号,标题,状态,优先级,前置任务
                1,添加图书,已完成,高,
                2,借阅图书,进行中,低,1
                """))).containsExactly("1 添加图书 done high []", "2 借阅图书 in-progress low [1]");
    }

    @Test
    void columns_are_found_by_their_cells_where_headings_say_nothing() {
        assertThat(lines(read("""
                A,B,C,D
                LIB-1,Add books to the shelf,done,x1
                LIB-2,Lend books to readers,in progress,x1
                LIB-3,Return lent books,todo,x1
                """)))
                .containsExactly(
                        "LIB-1 Add books to the shelf done medium []",
                        "LIB-2 Lend books to readers in-progress medium []",
                        "LIB-3 Return lent books pending medium []");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Date,Amount,Currency\n2026-01-01,3,EUR\n2026-01-02,4,EUR\n", "ID,Status\n1,done\n2,open\n", "\n"
            })
    void a_table_without_titles_is_refused_with_what_is_missing(String text) {
        assertThat(TrackerCsv.read(new Document("list.csv", text)))
                .isInstanceOfSatisfying(
                        TrackerCsv.Refused.class,
                        refused -> assertThat(refused.problem()).contains("Title, Summary, Name"));
    }

    @Test
    void tables_are_known_by_their_name_or_by_their_headings() {
        assertThat(TrackerCsv.isTable(new Document("a.CSV", "x"))).isTrue();
        assertThat(TrackerCsv.isTable(new Document("standard input", "Title,Status,Priority\nA b,Done,Low\n")))
                .isTrue();
        assertThat(TrackerCsv.isTable(new Document("a.md", "Title, status and priority, in this order\n\n- a\n")))
                .isFalse();
        assertThat(TrackerCsv.isTable(new Document("a.md", "# Title\n\n- The status, the priority, the name\n")))
                .isFalse();
    }

    @Test
    void what_is_not_understood_is_reported() {
        var listing = read("""
                Key,Title,Status,Priority,Blocked by,Blocks
                A-1,One,Somewhere,Very,A-9,A-8
                ,,,,,
                A-1,Two,Open,Low,,
                """);
        assertThat(codes(listing))
                .containsExactlyInAnyOrder(
                        "unread-status",
                        "unread-priority",
                        "unknown-dependency",
                        "unknown-dependency",
                        "duplicate-id",
                        "no-task");
    }
}
