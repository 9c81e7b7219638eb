package io.taskweaver.reports.picture;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.model.Plan;
import io.taskweaver.scheduling.planning.Planning;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

class PicturesTest {
    private static final String HOSTILE =
            "</script><script>alert(1)</script> ]]> \"quoted\" 'it' `tick` #35; <!-- & \\ -->";
    private static final Pattern MERMAID = Pattern.compile(
            "flowchart LR|  subgraph b\\d+\\[\"[A-Za-z0-9 ]+\"]|  end"
                    + "|    n\\d+(?:\\[\"[^\"`\\\\]*\"]|\\(\\[\"[^\"`\\\\]*\"]\\))|  n\\d+ (?:-->|-\\.->|==>) n\\d+|  classDef [a-z]+ [^\"]+|  class n\\d+ [a-z]+|%% .*");
    private static final String STRING = "\"(?:[^\"\\\\\n]|\\\\.)*\"";
    private static final String VALUE = "(?:" + STRING + "|[a-zA-Z0-9_.]+)";
    private static final String LIST = "\\[" + "\\w+=" + VALUE + "(?:, *\\w+=" + VALUE + ")*]";
    private static final Pattern DOT = Pattern.compile("digraph plan \\{|}|  }|  (?:graph|node|edge) " + LIST + ";"
            + "|  subgraph cluster_\\d+ \\{|    label=" + STRING + "(?:; *\\w+=" + VALUE + ")*;|    n\\d+ " + LIST
            + ";|  n\\d+ -> n\\d+(?: " + LIST + ")?;");

    @Test
    void hostile_titles_stay_text() {
        var plan = Drawn.plan("# " + HOSTILE, "## Part", "- R-1: " + HOSTILE, "- R-2: two (depends on R-1)");
        var page = xml(HtmlPicture.write(plan));

        assertThat(page.getElementsByTagName("script").getLength()).isEqualTo(1);
        assertThat(page.getElementsByTagName("article").item(1).getTextContent())
                .contains("</script>")
                .contains("]]>");
        assertThat(page.getElementsByTagName("title").item(0).getTextContent()).contains("<script>alert");
        everyPictureParses(plan);
    }

    @Test
    void the_page_asks_for_nothing_from_elsewhere() {
        var text = HtmlPicture.write(Drawn.plan("# Shop", "- R-1: one"));

        assertThat(text).contains("default-src 'none'");
        assertThat(text.replace("http://www.w3.org/", ""))
                .doesNotContain("http://")
                .doesNotContain("https://")
                .doesNotContain("url(");
    }

    @Test
    void a_page_tells_of_each_task_what_it_needs_and_who_waits() {
        var page = xml(HtmlPicture.write(Drawn.plan(
                "# Shop",
                "## Cart",
                "- R-1: one",
                "- R-2: two (depends on R-1)",
                "  - it counts",
                "- [x] R-3: three")));
        var texts = IntStream.range(0, page.getElementsByTagName("article").getLength())
                .mapToObj(i -> (Element) page.getElementsByTagName("article").item(i))
                .toList();

        assertThat(texts)
                .filteredOn(article -> article.getAttribute("data-task").equals("R-2"))
                .singleElement()
                .satisfies(article -> {
                    assertThat(article.getTextContent())
                            .contains("it counts")
                            .contains("depends on R-1")
                            .contains("d.md:4");
                    assertThat(article.getAttribute("data-state")).isEqualTo("waiting");
                });
        assertThat(texts)
                .filteredOn(article -> article.getAttribute("data-task").equals("R-3"))
                .singleElement()
                .satisfies(article ->
                        assertThat(article.getAttribute("data-phase")).isEqualTo("Done already"));
    }

    @Test
    void needs_that_others_imply_are_not_drawn_and_the_picture_says_so() {
        var plan = Drawn.plan("# X", "- R-1: one", "- R-2: two (depends on R-1)", "- R-3: three (depends on R-1, R-2)");

        assertThat(Picture.of(plan, java.util.Map.of()).implied()).isPositive();
        assertThat(SvgPicture.write(plan)).contains("others imply");
        assertThat(HtmlPicture.write(plan)).contains("others imply");
        assertThat(DotPicture.write(plan)).contains("others imply");
        assertThat(MermaidPicture.write(plan)).contains("others imply");
    }

    @Test
    void no_two_nodes_share_a_place_and_edges_lead_to_the_right() {
        var lines = new java.util.ArrayList<>(List.of("# X", "## Part"));
        for (int i = 0; i < 300; i++)
            lines.add("- R-" + i + ": Write page " + i
                    + (i < 90 ? "" : " (depends on R-" + i * 7 % 90 + ", R-" + (i - 1) + ")"));
        var picture = Picture.of(Drawn.plan(lines.toArray(String[]::new)), java.util.Map.of());
        var layout = Layout.of(picture);

        assertThat(layout.places())
                .extracting(place -> place.column() + "," + place.row())
                .doesNotHaveDuplicates();
        assertThat(layout.places()).allSatisfy(place -> {
            assertThat(place.x() + Layout.NODE_WIDTH).isLessThanOrEqualTo(layout.width());
            assertThat(place.y() + Layout.NODE_HEIGHT).isLessThanOrEqualTo(layout.height());
        });
        assertThat(picture.edges())
                .allSatisfy(edge -> assertThat(layout.places().get(edge.from()).column())
                        .isLessThan(layout.places().get(edge.to()).column()));
    }

    @Property(tries = 80)
    void whatever_the_document_says_every_picture_parses(@ForAll("documents") String text) {
        if (Drawn.planning(text) instanceof Planning.Planned planned) {
            everyPictureParses(planned.plan());
            assertThat(HtmlPicture.write(planned.plan())).isEqualTo(HtmlPicture.write(planned.plan()));
            assertThat(PlanMarkdown.write(planned.plan())).contains("```mermaid");
        }
    }

    @Property(tries = 200)
    void a_reduced_graph_reaches_what_the_whole_one_reaches(@ForAll("edges") List<Picture.Edge> edges) {
        var reduced = Reduction.of(9, edges);

        assertThat(edges).containsAll(reduced);
        assertThat(reach(reduced)).isEqualTo(reach(edges));
    }

    private static boolean[][] reach(List<Picture.Edge> edges) {
        var reach = new boolean[9][9];
        for (var edge : edges) reach[edge.from()][edge.to()] = true;
        for (int k = 0; k < 9; k++)
            for (int i = 0; i < 9; i++) for (int j = 0; j < 9; j++) reach[i][j] |= reach[i][k] && reach[k][j];
        return reach;
    }

    private static void everyPictureParses(Plan plan) {
        int tasks = plan.tasks().size();
        var page = xml(HtmlPicture.write(plan));
        assertThat(page.getElementsByTagName("article").getLength()).isEqualTo(tasks);
        assertThat(page.getElementsByTagName("script").getLength()).isEqualTo(1);
        assertThat(xml(SvgPicture.write(plan)).getDocumentElement().getTagName())
                .isEqualTo("svg");
        assertThat(MermaidPicture.write(plan).lines())
                .allMatch(line -> MERMAID.matcher(line).matches());
        assertThat(DotPicture.write(plan).lines())
                .allMatch(line -> DOT.matcher(line).matches());
    }

    private static Document xml(String text) {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(text.replace("<!DOCTYPE html>", ""))));
        } catch (SAXException | IOException | ParserConfigurationException e) {
            throw new AssertionError(text, e);
        }
    }

    @Provide
    Arbitrary<String> documents() {
        var title = Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(40),
                Arbitraries.of(
                        HOSTILE,
                        "\uD83D lone",
                        "用户可以登录",
                        "\u0001\u0085\uFFFE",
                        "a\\",
                        "]]>",
                        "\\\"",
                        "🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀"));
        return title.list().ofMinSize(1).ofMaxSize(12).map(titles -> {
            var text = new StringBuilder("# ")
                    .append(titles.getFirst())
                    .append("\n## ")
                    .append(titles.getLast())
                    .append('\n');
            for (int i = 0; i < titles.size(); i++)
                text.append("- R-")
                        .append(i)
                        .append(": x")
                        .append(titles.get(i))
                        .append(i > 1 ? " (depends on R-" + i / 2 + ")\n" : "\n");
            return text.toString();
        });
    }

    @Provide
    Arbitrary<List<Picture.Edge>> edges() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 7),
                        Arbitraries.integers().between(1, 8))
                .as((from, step) -> new Picture.Edge(from, Math.min(8, from + step), Picture.Sort.RESULT, false, 1))
                .list()
                .uniqueElements(edge -> List.of(edge.from(), edge.to()))
                .ofMaxSize(25);
    }
}
