package io.taskweaver.requirements.analysis;

import io.taskweaver.model.SourceSpan;
import io.taskweaver.model.effort.LimitExceeded;
import io.taskweaver.requirements.document.Block;
import io.taskweaver.requirements.document.Phrase;
import io.taskweaver.requirements.text.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** A requirement while its parts are collected. */
final class Draft {
    /** Characters; more than two pages. */
    private static final int LONGEST_STATEMENT = 10_000;

    private static final Set<String> DEPENDENCES = Set.copyOf(Words.phrases("""
        depends on, dependencies, dependency, depends, blocked by, prerequisites, prerequisite, 依存関係, 依存, 依赖, 依赖关系,
        前提条件, abhängig von, abhängigkeiten, dependencias, dépend de
        """));
    private static final Set<String> DETAILS = Set.copyOf(Words.phrases("""
        why, how, rationale, note, notes, context, background, inputs, outputs, input, output, goal, test strategy,
        why this priority, independent test, mitigation
        """));

    final SourceSpan at;
    Optional<String> id = Optional.empty();
    String title = "";
    boolean done;
    boolean quality;
    boolean boxed;
    int list;
    int number;
    Optional<Component> component;
    private final StringBuilder text = new StringBuilder();
    private final List<String> criteria = new ArrayList<>();
    private final List<Dependence> dependences = new ArrayList<>();
    private final List<String> tags = new ArrayList<>();
    private final List<Trace> traces = new ArrayList<>();
    private final Scope scope;
    private Optional<Importance> importance = Optional.empty();
    private boolean criteriaFollow;

    Draft(Scope scope, SourceSpan at) {
        this.scope = scope;
        this.at = at;
        this.component = scope.component();
    }

    /** What the lines were taken for, in the order in which they were read. */
    List<Trace> traces() {
        return traces;
    }

    /** Notes that lines state the requirement. */
    Draft statedAt(SourceSpan where) {
        traces.add(new Trace(where, LineUse.TASK));
        return this;
    }

    /** The text from which the title is taken, without its id. */
    Draft headed(Phrase phrase, SourceSpan where) {
        if (phrase.text().length() > LONGEST_STATEMENT)
            throw new LimitExceeded(
                    "statement",
                    LONGEST_STATEMENT,
                    String.format(
                            Locale.ROOT,
                            "A statement has %,d characters",
                            phrase.text().length()),
                    "Split it into several statements, or move the description to an indented paragraph.",
                    where.path(),
                    where.firstLine());
        statedAt(where);
        var headed = phrase;
        for (var tag = Titles.leadingTag(headed.text()); !tag.isEmpty(); tag = Titles.leadingTag(headed.text())) {
            Importance.of(tag).ifPresentOrElse(this::weigh, () -> {});
            tags.add(tag);
            headed = Phrase.plain(Titles.withoutLeadingTag(headed.text()));
        }
        Importance.within(headed.text()).ifPresent(this::weigh);
        title = Titles.of(headed);
        state(headed.text(), where);
        return this;
    }

    void weigh(Importance stated) {
        if (importance.isEmpty()) importance = Optional.of(stated);
    }

    /** A line of the description; what it says about dependencies counts. */
    void add(String line, SourceSpan where) {
        if (line.isBlank()) return;
        traces.add(new Trace(where, LineUse.DETAIL));
        state(line, where);
    }

    private void state(String line, SourceSpan where) {
        if (line.isBlank()) return;
        if (!text.isEmpty()) text.append('\n');
        text.append(line.strip());
        dependences.addAll(Dependences.in(line, where));
    }

    void criterion(String criterion, SourceSpan where) {
        if (criterion.isBlank()) return;
        traces.add(new Trace(where, LineUse.CRITERION));
        criteria.add(criterion.strip());
        dependences.addAll(Dependences.in(criterion, where));
    }

    void dependsOn(String listed, SourceSpan where) {
        traces.add(new Trace(where, LineUse.DEPENDENCY));
        Dependences.listed(listed, where).ifPresent(dependences::add);
    }

    void tag(String tag) {
        tags.add(tag);
    }

    boolean isEmpty() {
        return title.isBlank() && text.isEmpty() && criteria.isEmpty();
    }

    Optional<Importance> importance() {
        return importance;
    }

    String text() {
        return text.toString();
    }

    /** Whether the blocks below are criteria, until {@link #add} is called for by a label. */
    void expectCriteria(boolean follow) {
        criteriaFollow = follow;
    }

    /** Takes what belongs to the requirement, apart from items that {@code apart} keeps for themselves. */
    void absorb(List<Block> blocks, Predicate<Block.Item> apart) {
        for (var block : blocks) absorb(block, apart);
    }

    private void absorb(Block block, Predicate<Block.Item> apart) {
        switch (block) {
            case Block.Paragraph paragraph -> paragraph(paragraph);
            case Block.Items items -> {
                for (var item : items.items()) if (!apart.test(item)) item(item, apart);
            }
            case Block.Table table -> table.rows().forEach(row -> criterion(Cells.joined(row), row.at()));
            case Block.Code code -> {
                traces.add(new Trace(code.at(), LineUse.DETAIL));
                if (!text.isEmpty()) text.append('\n');
                text.append(
                        "```%s\n%s\n```".formatted(code.language(), code.text().stripTrailing()));
            }
            case Block.Quote quote -> absorb(quote.blocks(), item -> false);
            case Block.Other other -> {}
        }
    }

    private void paragraph(Block.Paragraph paragraph) {
        for (int i = 0; i < paragraph.lines().size(); i++) {
            var line = paragraph.lines().get(i);
            if (line.isBlank()) continue;
            if (!labelled(line, paragraph.at(i))) {
                if (title.isEmpty()) title = Titles.of(line);
                add(line.text(), paragraph.at(i));
            }
        }
    }

    private void item(Block.Item item, Predicate<Block.Item> apart) {
        var phrase = item.phrase();
        var own = item.ownSpan();
        if (!phrase.isBlank() && !labelled(phrase, own)) criterion(phrase.text(), own);
        boolean before = criteriaFollow;
        absorb(item.blocks(), apart);
        criteriaFollow = before;
    }

    /** Takes a line that begins with a label which says what the line is; whether there was one. */
    private boolean labelled(Phrase phrase, SourceSpan where) {
        var label = phrase.label();
        if (label.isEmpty()) {
            boolean follow = phrase.isBold() && Role.of(phrase.text()) == Role.CRITERIA;
            criteriaFollow |= follow;
            if (follow) traces.add(new Trace(where, LineUse.DETAIL));
            return follow;
        }
        traces.add(new Trace(where, LineUse.DETAIL));
        var rest = phrase.afterLabel().strip();
        switch (label.toLowerCase(Locale.ROOT)) {
            case "priority", "importance" -> Importance.of(rest).ifPresent(this::weigh);
            case String name when DEPENDENCES.contains(name) -> dependsOn(rest, where);
            case "status" -> done |= Cells.saysDone(rest);
            case "description", "user story", "story" -> {
                criteriaFollow = false;
                if (title.isEmpty()) title = Titles.ofText(rest);
                add(rest, where);
            }
            case String name when DETAILS.contains(name) -> add(label + ": " + rest, where);
            default -> {
                if (Role.of(label) != Role.CRITERIA) return false;
                criteriaFollow = true;
                criterion(rest, where);
            }
        }
        return true;
    }

    /** The finished requirement. */
    Requirement requirement() {
        var fullTitle = title.isBlank() ? Titles.ofText(text.isEmpty() ? criteria.getFirst() : text()) : title;
        var active = component
                .map(part -> Titles.withoutSubject(fullTitle, part.name()))
                .orElse(fullTitle);
        var shown = active.isBlank() ? id.orElse("Requirement") : active;
        return new Requirement(
                id,
                shown,
                text.isEmpty() ? shown : text(),
                criteria,
                quality ? Optional.empty() : component,
                scope.headings(),
                quality,
                scope.process(),
                done,
                importance,
                dependences,
                list,
                number,
                tags,
                Optional.empty(),
                at);
    }
}
