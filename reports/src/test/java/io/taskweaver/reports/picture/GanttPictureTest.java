package io.taskweaver.reports.picture;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.model.Plan;
import io.taskweaver.scheduling.simulation.Simulator;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class GanttPictureTest {
    private static final Pattern AT = Pattern.compile("translate\\(([\\d.]+),([\\d.]+)\\)");

    private record Bar(double x, double y, double width, boolean critical) {}

    @Test
    void each_task_has_a_bar_and_no_bars_of_a_lane_overlap() throws Exception {
        var lines = Stream.concat(Stream.of("# Large", "## Part"), Stream.of(Drawn.items(500)))
                .toArray(String[]::new);
        var plan = Drawn.plan(lines);

        var bars = bars(plan, 7);

        assertThat(bars).hasSize(500 + 1);
        var lanes = new HashMap<Double, List<Bar>>();
        bars.forEach(
                bar -> lanes.computeIfAbsent(bar.y(), y -> new ArrayList<>()).add(bar));
        assertThat(lanes).as("contracts and agents").hasSize(1 + 7);
        for (var lane : lanes.values()) {
            lane.sort(Comparator.comparingDouble(Bar::x));
            for (int i = 1; i < lane.size(); i++)
                assertThat(lane.get(i).x())
                        .isGreaterThanOrEqualTo(
                                lane.get(i - 1).x() + lane.get(i - 1).width());
        }
    }

    @Test
    void the_critical_path_is_marked() throws Exception {
        var plan = Drawn.plan("# Shop", "- R-1: one", "- R-2: two (depends on R-1)", "- R-3: three");
        assertThat(bars(plan, 2).stream().filter(Bar::critical))
                .hasSize(plan.criticalPath().size());
    }

    @Test
    void titles_stay_text() throws Exception {
        var plan = Drawn.plan("# <b> & \"it\"", "- R-1: </title><script>alert(1)</script>");
        assertThat(xml(GanttPicture.write(plan, Simulator.simulate(plan, 1)))
                        .getElementsByTagName("script")
                        .getLength())
                .isZero();
    }

    private static List<Bar> bars(Plan plan, int agents) throws Exception {
        var groups =
                xml(GanttPicture.write(plan, Simulator.simulate(plan, agents))).getElementsByTagName("g");
        var bars = new ArrayList<Bar>();
        for (int i = 0; i < groups.getLength(); i++) {
            var group = (Element) groups.item(i);
            var at = AT.matcher(group.getAttribute("transform"));
            assertThat(at.matches()).isTrue();
            var card = (Element) group.getElementsByTagName("rect").item(0);
            bars.add(new Bar(
                    Double.parseDouble(at.group(1)),
                    Double.parseDouble(at.group(2)),
                    Double.parseDouble(card.getAttribute("width")),
                    group.getAttribute("class").contains("critical")));
        }
        return bars;
    }

    private static org.w3c.dom.Document xml(String text) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(text)));
    }
}
