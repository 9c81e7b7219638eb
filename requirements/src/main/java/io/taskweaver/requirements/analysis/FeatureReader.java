package io.taskweaver.requirements.analysis;

import io.cucumber.gherkin.GherkinParser;
import io.cucumber.messages.types.Background;
import io.cucumber.messages.types.Envelope;
import io.cucumber.messages.types.Examples;
import io.cucumber.messages.types.Feature;
import io.cucumber.messages.types.Location;
import io.cucumber.messages.types.Rule;
import io.cucumber.messages.types.Scenario;
import io.cucumber.messages.types.Step;
import io.cucumber.messages.types.StepKeywordType;
import io.cucumber.messages.types.TableRow;
import io.cucumber.messages.types.Tag;
import io.taskweaver.model.Document;
import io.taskweaver.model.SourceSpan;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads features in Gherkin, in any language that it has: each scenario is a requirement, its steps are criteria. A feature
 * without scenarios is one requirement.
 */
final class FeatureReader {
    private static final Pattern BEGIN = Pattern.compile(
            "(?:\\s*(?:#[^\\n]*|@[^\\n]*)?\\n)*\\s*Feature:[^\\n]*\\n(?:(?!```)[\\s\\S])*?^[ \\t]*(?:Scenario|Scenario Outline|Scenario Template|Example|Rule|Background):",
            Pattern.MULTILINE);
    private static final Pattern LANGUAGE = Pattern.compile("\\s*#\\s*language\\s*:\\s*[a-zA-Z-]+\\s*\\n");
    private static final Pattern ID = Pattern.compile("@([A-Za-z][A-Za-z0-9]{0,9}[-_][0-9]{1,6}(?:\\.[0-9]{1,3})*)");
    private static final Set<String> DONE = Set.of("@done", "@implemented");
    private static final int MOST_EXAMPLES = 20;
    private static final int LONGEST_QUOTED = 300;
    private static final int LONGEST_PROBLEM = 200;

    private final Specification.Draft draft;
    private final List<Step> background = new ArrayList<>();

    private FeatureReader(Document document) {
        this.draft = new Specification.Draft(document);
    }

    static boolean isFeature(Document document) {
        if (document.path().toLowerCase(Locale.ROOT).endsWith(".feature")) return true;
        var content = document.content();
        return LANGUAGE.matcher(content).lookingAt()
                || BEGIN.matcher(content.substring(0, Math.min(content.length(), 4_000)))
                        .lookingAt();
    }

    static Specification read(Document document) {
        var reader = new FeatureReader(document);
        var parser = GherkinParser.builder()
                .includeSource(false)
                .includePickles(false)
                .build();
        var envelopes = parser.parse(document.path(), document.content().getBytes(StandardCharsets.UTF_8))
                .toList();
        for (var envelope : envelopes) {
            var error = envelope.getParseError();
            if (error.isPresent())
                return new Specification.Broken(
                        problem(error.get().getMessage()),
                        reader.at(error.get().getSource().getLocation()));
        }
        var feature = envelopes.stream()
                .map(Envelope::getGherkinDocument)
                .flatMap(Optional::stream)
                .flatMap(found -> found.getFeature().stream())
                .findFirst();
        feature.ifPresent(reader::feature);
        return reader.draft.read(feature.map(Feature::getName).filter(name -> !name.isBlank()), List.of());
    }

    private static String problem(String message) {
        var line = message.replace('\n', ' ').strip();
        return line.length() <= LONGEST_PROBLEM ? line : line.substring(0, LONGEST_PROBLEM) + " ...";
    }

    private SourceSpan at(Optional<Location> location) {
        int line = location.map(Location::getLine).orElse(1);
        return draft.span(line, line);
    }

    private void feature(Feature feature) {
        draft.use(at(Optional.of(feature.getLocation())), LineUse.HEADING, "");
        var children = feature.getChildren();
        boolean hasScenarios = children.stream()
                .anyMatch(child ->
                        child.getScenario().isPresent() || child.getRule().isPresent());
        if (!hasScenarios && !feature.getName().isBlank()) {
            whole(feature);
            return;
        }
        for (var child : children) {
            child.getBackground().ifPresent(this::background);
            child.getScenario().ifPresent(scenario -> scenario(scenario, feature, Optional.empty()));
            child.getRule().ifPresent(rule -> rule(rule, feature));
        }
    }

    private void whole(Feature feature) {
        int line = feature.getLocation().getLine();
        int lines = (int) feature.getDescription().lines().count();
        add(
                feature,
                Optional.empty(),
                feature.getName(),
                feature.getDescription(),
                List.of(),
                feature.getTags(),
                draft.span(line, line + lines));
    }

    private void background(Background found) {
        background.addAll(found.getSteps());
        for (var step : found.getSteps())
            draft.use(at(Optional.of(step.getLocation())), LineUse.CONSTRAINT, "Background");
    }

    private void rule(Rule rule, Feature feature) {
        draft.use(at(Optional.of(rule.getLocation())), LineUse.HEADING, "");
        int before = background.size();
        for (var child : rule.getChildren()) {
            child.getBackground().ifPresent(this::background);
            child.getScenario().ifPresent(scenario -> scenario(scenario, feature, Optional.of(rule)));
        }
        while (background.size() > before) background.removeLast();
    }

    private void scenario(Scenario scenario, Feature feature, Optional<Rule> rule) {
        var steps = new ArrayList<>(background);
        steps.addAll(scenario.getSteps());
        var criteria = new ArrayList<>(criteria(steps));
        for (var examples : scenario.getExamples()) examples(examples, criteria);
        var tags = Stream.of(feature.getTags(), rule.map(Rule::getTags).orElse(List.of()), scenario.getTags())
                .flatMap(List::stream)
                .toList();
        int first = scenario.getTags().stream()
                .map(tag -> tag.getLocation().getLine())
                .min(Integer::compare)
                .orElse(scenario.getLocation().getLine());
        var name = scenario.getName().isBlank() ? feature.getName() : scenario.getName();
        add(feature, rule, name, scenario.getDescription(), criteria, tags, draft.span(first, lastLine(scenario)));
        for (var step : scenario.getSteps()) draft.use(at(Optional.of(step.getLocation())), LineUse.CRITERION, name);
    }

    private static int lastLine(Scenario scenario) {
        int last = scenario.getLocation().getLine();
        for (var step : scenario.getSteps()) {
            last = Math.max(last, step.getLocation().getLine());
            if (step.getDocString().isPresent()) {
                var text = step.getDocString().get();
                last = Math.max(
                        last,
                        text.getLocation().getLine()
                                + 1
                                + (int) text.getContent().lines().count());
            }
            for (var row : step.getDataTable().map(table -> table.getRows()).orElse(List.of()))
                last = Math.max(last, row.getLocation().getLine());
        }
        for (var examples : scenario.getExamples()) {
            last = Math.max(last, examples.getLocation().getLine());
            for (var row : examples.getTableBody())
                last = Math.max(last, row.getLocation().getLine());
        }
        return last;
    }

    private void add(
            Feature feature,
            Optional<Rule> rule,
            String name,
            String description,
            List<String> criteria,
            List<Tag> tags,
            SourceSpan at) {
        var names = tags.stream().map(Tag::getName).distinct().toList();
        var id = names.reversed().stream()
                .map(ID::matcher)
                .filter(java.util.regex.Matcher::matches)
                .map(match -> match.group(1))
                .findFirst();
        var section = new ArrayList<String>();
        section.add(feature.getName());
        rule.map(Rule::getName).filter(text -> !text.isBlank()).ifPresent(section::add);
        section.removeIf(String::isBlank);
        var told = description
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining("\n"));
        draft.requirement(new Requirement(
                id.filter(own -> tags.stream().anyMatch(tag -> tag.getName().equals("@" + own) && isOwn(tag, at))),
                Titles.ofText(name),
                told.isEmpty() ? name : name + "\n" + told,
                criteria,
                Headings.component(feature.getName()),
                section,
                false,
                false,
                names.stream().anyMatch(DONE::contains),
                names.stream()
                        .flatMap(tag -> Importance.of(tag.substring(1)).stream())
                        .findFirst(),
                List.of(),
                1,
                draft.number(),
                names.stream().map(tag -> tag.substring(1)).toList(),
                Optional.empty(),
                at));
    }

    /** Whether a tag stands at the scenario itself: one of the feature would name all of its scenarios. */
    private static boolean isOwn(Tag tag, SourceSpan at) {
        int line = tag.getLocation().getLine();
        return line >= at.firstLine() && line <= at.lastLine();
    }

    /** Steps as sentences, one for each outcome: "Given a, when b, then c and d". */
    private static List<String> criteria(List<Step> steps) {
        var criteria = new ArrayList<String>();
        var sentence = new StringBuilder();
        boolean ended = false;
        for (var step : steps) {
            var type = step.getKeywordType().orElse(StepKeywordType.UNKNOWN);
            boolean begins = type == StepKeywordType.CONTEXT || type == StepKeywordType.ACTION;
            if (begins && ended) {
                criteria.add(sentence.toString());
                sentence.setLength(0);
                ended = false;
            }
            ended |= type == StepKeywordType.OUTCOME;
            if (!sentence.isEmpty()) sentence.append(", ");
            var keyword = step.getKeyword().strip();
            if (!keyword.equals("*"))
                sentence.append(sentence.isEmpty() ? keyword : keyword.toLowerCase(Locale.ROOT))
                        .append(' ');
            sentence.append(step.getText().strip());
            step.getDataTable()
                    .ifPresent(table ->
                            sentence.append(" (").append(table(table.getRows())).append(')'));
            step.getDocString()
                    .ifPresent(text -> sentence.append(" \"")
                            .append(quoted(text.getContent()))
                            .append('"'));
        }
        if (!sentence.isEmpty()) criteria.add(sentence.toString());
        return criteria;
    }

    private static String table(List<TableRow> rows) {
        return rows.stream().map(FeatureReader::row).collect(Collectors.joining("; "));
    }

    private static String row(TableRow row) {
        return row.getCells().stream().map(cell -> cell.getValue()).collect(Collectors.joining(" | "));
    }

    private static String quoted(String text) {
        var line = text.replaceAll("\\s+", " ").strip();
        return line.length() <= LONGEST_QUOTED ? line : line.substring(0, LONGEST_QUOTED) + " ...";
    }

    private static void examples(Examples examples, List<String> criteria) {
        var header = examples.getTableHeader();
        if (header.isEmpty()) return;
        var names = header.get().getCells();
        var rows = examples.getTableBody();
        for (var row : rows.subList(0, Math.min(rows.size(), MOST_EXAMPLES))) {
            var values = new ArrayList<String>();
            for (int i = 0; i < Math.min(names.size(), row.getCells().size()); i++)
                values.add(
                        names.get(i).getValue() + " = " + row.getCells().get(i).getValue());
            criteria.add(examples.getKeyword() + ": " + String.join(", ", values));
        }
        if (rows.size() > MOST_EXAMPLES)
            criteria.add(examples.getKeyword() + ": " + (rows.size() - MOST_EXAMPLES) + " more rows");
    }
}
