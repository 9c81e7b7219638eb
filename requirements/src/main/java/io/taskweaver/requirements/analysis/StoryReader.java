package io.taskweaver.requirements.analysis;

import io.taskweaver.requirements.analysis.Findings.Tier;
import io.taskweaver.requirements.document.Block;
import io.taskweaver.requirements.document.Phrase;
import io.taskweaver.requirements.document.Section;
import io.taskweaver.requirements.text.Lexicon;
import io.taskweaver.requirements.text.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads sections that are a requirement as a whole: the heading names it, the text describes it, lists below are its
 * criteria. Such are headings with an id, "Requirement 3", "Feature: Login", and any heading above a user story, above
 * acceptance criteria or above Given/When/Then.
 */
final class StoryReader {
    /** Scripts of languages whose words for roles and wishes are not joined to others. */
    private static final Set<Character.UnicodeScript> STANDS_ALONE =
            Set.of(Character.UnicodeScript.LATIN, Character.UnicodeScript.CYRILLIC);

    /** A role within the first words, and a wish behind it, in any language. */
    private static final Pattern STORY =
            Pattern.compile("(?iu)^.{0,40}?" + anyOf("story.role") + ".{1,120}?" + anyOf("story.wish"));

    private static final Pattern BY_ROLE = Pattern.compile("(?iu)^" + anyOf("story.role") + ".{1,80}?[,，、]");

    private static final int FEWEST_WORDS = 4;
    /** Of a sentence without blanks between its words. */
    private static final int FEWEST_LETTERS = 12;

    private final RequirementFinder finder;

    StoryReader(RequirementFinder finder) {
        this.finder = finder;
    }

    boolean accepts(Section section, Scope scope) {
        var role = scope.role();
        if (role == Role.BOUNDARY || role == Role.REFERENCE || role == Role.CRITERIA || role == Role.ORDER)
            return false;
        if (idOf(section).isPresent()) return true;
        if (hasAttributes(section)) return true;
        if (holdsIds(section) || listsStories(section.blocks())) return false;
        if ((role == Role.FEATURE || role == Role.REQUIREMENT) && LedParagraphs.areIn(section.blocks())) return false;
        if (Lexicon.is("heading.steps", Headings.withoutNumber(section.heading().text()))) return false;
        if (isKind(heading(section), "feature:", "requirement:", "story:", "user story:", "use case:")) return true;
        var own = Role.of(section.heading().text());
        boolean names =
                own == Role.NEUTRAL || Headings.component(heading(section)).isPresent();
        if (!names || own == Role.CONTEXT || role == Role.CONSTRAINT) return false;
        return hasCriteria(section) && !isGroupOfBoxes(section)
                || storiesIn(section) == 1
                || isScenario(section)
                || (role.asks() && role != Role.STEPS && (isOneThing(section) || isScreen(section)))
                || (role == Role.REQUIREMENT && own == Role.NEUTRAL && isStatement(section));
    }

    /**
     * Whether a section describes one thing: it begins with sentences about it, which lists make more precise, or most of its
     * labels say what of it they are about ("Flow", "Error handling").
     */
    private static boolean isOneThing(Section section) {
        if (hasBoxes(section.blocks())) return false;
        boolean hasList = section.blocks().stream()
                .anyMatch(block -> block instanceof Block.Items || block instanceof Block.Table);
        return isOfAspects(section.blocks(), Block.Paragraph.class)
                || isOfAspects(section.blocks(), Block.Items.class)
                || hasList
                        && section.sections().isEmpty()
                        && section.blocks().stream()
                                .takeWhile(block -> !(block instanceof Block.Items || block instanceof Block.Table))
                                .anyMatch(StoryReader::describes);
    }

    /** Whether a section says nothing itself, and below one of its headings, which are no criteria, are boxes: those are the work. */
    private static boolean isGroupOfBoxes(Section section) {
        return section.blocks().isEmpty()
                && section.sections().stream()
                        .anyMatch(
                                inner -> Role.of(inner.heading().text()) != Role.CRITERIA && hasBoxes(inner.blocks()));
    }

    /** Whether a section lists what is on one screen or page, which its heading names. */
    private static boolean isScreen(Section section) {
        return section.sections().isEmpty()
                && Headings.isScreen(section.heading().text())
                && section.blocks().stream().anyMatch(Block.Items.class::isInstance)
                && !hasBoxes(section.blocks())
                && section.blocks().stream().noneMatch(StoryReader::asks);
    }

    /** Whether an item of a list, or a paragraph, demands something by itself, or has a name of its own. */
    private static boolean asks(Block block) {
        return phrases(block).stream()
                .anyMatch(phrase -> Modality.demands(phrase.text())
                        || block instanceof Block.Items && !phrase.lead().isBlank());
    }

    private static boolean isOfAspects(List<Block> blocks, Class<? extends Block> kind) {
        return isOfAspects(blocks, kind, blocks.size() == 1 ? 1 : 2);
    }

    private static boolean isOfAspects(List<Block> blocks, Class<? extends Block> kind, int fewest) {
        int labels = 0;
        int aspects = 0;
        for (var block : blocks) {
            if (!kind.isInstance(block)) continue;
            for (var phrase : phrases(block)) {
                var label = phrase.label().isEmpty() && phrase.isBold() ? phrase.text() : phrase.label();
                if (label.isEmpty()) continue;
                labels++;
                if (Lexicon.is("label.aspect", label)) aspects++;
            }
        }
        return aspects >= fewest && (2 * aspects >= labels && aspects > 1 || aspects == labels);
    }

    /** Whether the items below an item say what of it they are about. */
    static boolean isOfAspects(Block.Item item) {
        return isOfAspects(item.blocks(), Block.Items.class, 1);
    }

    /** Whether a block is sentences, and not what introduces a list. */
    static boolean describes(Block block) {
        if (!(block instanceof Block.Paragraph paragraph)) return false;
        var text = paragraph.joined().text().strip();
        boolean isWhole = text.endsWith(".") || text.endsWith("。") || text.endsWith("!");
        return isWhole
                && !Placeholders.isUnfilled(text)
                && paragraph.joined().label().isEmpty()
                && (Words.plain(text).size() >= FEWEST_WORDS
                        || text.chars()
                                        .filter(letter -> Words.isUnspaced((char) letter))
                                        .count()
                                >= FEWEST_LETTERS);
    }

    private static List<Phrase> phrases(Block block) {
        return switch (block) {
            case Block.Items items ->
                items.items().stream().map(Block.Item::phrase).toList();
            case Block.Paragraph text -> text.lines();
            case Block.Table _, Block.Code _, Block.Quote _, Block.Other _ -> List.<Phrase>of();
        };
    }

    private static boolean hasBoxes(List<Block> blocks) {
        return blocks.stream()
                .anyMatch(block -> block instanceof Block.Items items
                        && items.items().stream()
                                .anyMatch(item -> item.box() != Block.Box.NONE || hasBoxes(item.blocks())));
    }

    /** Whether a section is a heading and sentences that demand what it names: its heading is the better title. */
    private static boolean isStatement(Section section) {
        int demands = 0;
        for (var block : section.blocks()) {
            if (!(block instanceof Block.Paragraph text)) return false;
            var sentence = text.joined().text();
            if (sentence.strip().endsWith(":")) return false;
            if (Modality.demands(sentence) && !Modality.forbids(sentence)) demands++;
        }
        return demands == 1 && section.sections().isEmpty();
    }

    /** The id that a heading defines; a single one that is but a word counts only where there are no others below it. */
    Optional<Ids.Found> idOf(Section section) {
        var leading = finder.ids.leading(heading(section));
        return leading.isPresent() || holdsIds(section) ? leading : finder.ids.heading(heading(section));
    }

    void read(Section section, Scope outer, Scope own) {
        var heading = heading(section);
        var found = idOf(section);
        var above = found.isPresent() || own.role() != outer.role()
                ? outer.as(own.role().asks() ? own.role() : outer.role())
                : outer;
        var scope = new Scope(
                above.role(),
                outer.component(),
                outer.headings(),
                outer.process(),
                outer.assumptionsOnly(),
                outer.progress());
        var draft = new Draft(scope, section.wholeSpan());
        draft.quality = outer.role() == Role.CONSTRAINT;
        found.ifPresent(id -> {
            draft.id = Optional.of(id.id());
            draft.quality |= RequirementFinder.isQuality(id.id());
        });
        var name = found.map(id -> heading.substring(Math.min(id.end(), heading.length())))
                .orElse(heading);
        draft.statedAt(section.headingAt());
        name(draft, name);
        var apart = new ArrayList<Block.Item>();
        absorb(draft, section, own, apart);
        if (own.role() != Role.CONSTRAINT) claim(draft, apart);
        draft.settleBoxes();
        draft.inherit(outer.progress());
        boolean isListed =
                draft.id.isEmpty() && outer.role() == Role.NEUTRAL && own.role() == Role.NEUTRAL && isOneThing(section);
        finder.findings.candidate(draft.id.isPresent() ? Tier.NUMBERED : isListed ? Tier.LISTED : Tier.STATED, draft);
        if (!apart.isEmpty()) {
            var items = new Block.Items(false, apart, section.wholeSpan());
            finder.items(items, scope, "");
        }
        for (var inner : section.sections()) if (isRequirement(inner)) finder.section(inner, scope);
    }

    private void absorb(Draft draft, Section section, Scope own, List<Block.Item> apart) {
        draft.expectCriteria(false);
        draft.absorb(section.blocks(), item -> isApart(item, apart));
        for (var block : section.blocks()) finder.findings.pass(block.at(), IgnoredLines.WITHOUT_TEXT);
        for (var inner : section.sections()) {
            if (isRequirement(inner)) continue;
            var role = Role.of(inner.heading().text());
            if (role == Role.BOUNDARY) {
                finder.section(inner, own);
                continue;
            }
            if (role == Role.ORDER) {
                draft.expectDependences(true);
                draft.absorb(inner.blocks(), item -> false);
                draft.expectDependences(false);
                continue;
            }
            boolean named = role != Role.CRITERIA || Words.lower(heading(inner)).startsWith("scenario");
            if (named) draft.criterion(heading(inner), inner.headingAt());
            absorb(draft, inner, own, apart);
        }
    }

    private boolean isApart(Block.Item item, List<Block.Item> apart) {
        boolean own = finder.ids.leading(item.phrase().text()).isPresent();
        if (own) apart.add(item);
        return own;
    }

    /** Items whose ids extend the id of the section say more about it, unless they have lists of their own. */
    private void claim(Draft draft, List<Block.Item> apart) {
        if (draft.id.isEmpty()) return;
        var outer = draft.id.get();
        for (var item : apart) {
            var id = finder.ids.leading(item.phrase().text());
            if (item.blocks().isEmpty()
                    && id.filter(found -> Parts.extend(found.id(), outer)).isPresent())
                finder.findings.claims.add(new Parts.Claim(item.at(), List.of(outer), true));
        }
    }

    private static void name(Draft draft, String name) {
        var marked = Progress.marked(name);
        marked.stated().ifPresent(draft::say);
        var title = marked.text().strip();
        int colon = title.indexOf(':');
        if (isKind(title, "feature:", "requirement:", "story:", "user story:", "use case:"))
            title = title.substring(colon + 1).strip();
        for (var tag = Titles.leadingTag(title); !tag.isEmpty(); tag = Titles.leadingTag(title)) {
            draft.tag(tag);
            title = Titles.withoutLeadingTag(title);
        }
        if (title.isEmpty()) return;
        Importance.within(title).ifPresent(draft::weigh);
        draft.title = Titles.of(Phrase.plain(title));
    }

    /** Whether the section says of itself what its id, and what its priority, status or owner is. */
    private static boolean hasAttributes(Section section) {
        boolean hasId = false;
        boolean isAsked = false;
        int others = 0;
        for (var block : section.blocks()) {
            isAsked |= describes(block);
            for (var phrase : phrases(block)) {
                var label = phrase.label();
                if (label.isEmpty()) continue;
                isAsked |= Cells.isPriority(label) || Cells.isDependency(label);
                if (Cells.isId(label)
                        && Ids.isPlausible(phrase.afterLabel().replace("`", "").strip())) hasId = true;
                else if (Cells.isPriority(label)
                        || Cells.isStatus(label)
                        || Cells.isAbout(label)
                        || Cells.isDependency(label)) others++;
            }
        }
        // The version and the date of a document are about nothing that is asked for.
        return hasId && others > 0 || others > 1 && isAsked;
    }

    private boolean isRequirement(Section section) {
        return finder.ids.leading(heading(section)).isPresent() || isKind(heading(section), "feature:", "requirement:");
    }

    private static boolean isKind(String heading, String... kinds) {
        var lower = Words.lower(heading);
        for (var kind : kinds) if (lower.startsWith(kind)) return true;
        return false;
    }

    static String heading(Section section) {
        return Ids.inFront(Headings.withoutNumber(section.heading().text()));
    }

    /** Whether anything in the section or below defines an id. */
    private boolean holdsIds(Section section) {
        @Nullable Block above = null;
        for (var block : section.blocks()) {
            // "CA1" below "Acceptance criteria" numbers a criterion.
            boolean isBelowCriteria = above instanceof Block.Paragraph label && namesCriteria(label);
            boolean holds = switch (block) {
                case Block.Items items ->
                    !isBelowCriteria
                            && items.items().stream()
                                    .anyMatch(item -> finder.ids
                                            .leading(item.phrase().text())
                                            .isPresent());
                case Block.Paragraph text ->
                    text.lines().stream()
                            .anyMatch(line -> finder.ids.leading(line.text()).isPresent());
                case Block.Table table ->
                    table.header().stream().anyMatch(Cells::isId) || TableReader.isOfImportance(table);
                case Block.Code _, Block.Quote _, Block.Other _ -> false;
            };
            if (holds) return true;
            above = block;
        }
        return section.sections().stream()
                .anyMatch(inner -> finder.ids.leading(heading(inner)).isPresent() || holdsIds(inner));
    }

    private static boolean hasCriteria(Section section) {
        for (var inner : section.sections()) if (Role.of(inner.heading().text()) == Role.CRITERIA) return true;
        for (var block : section.blocks()) {
            if (block instanceof Block.Paragraph text && namesCriteria(text)) return true;
        }
        return false;
    }

    private static boolean namesCriteria(Block.Paragraph text) {
        for (var line : text.lines()) {
            boolean bold = line.isBold() && Role.of(line.text()) == Role.CRITERIA;
            if (bold || (!line.label().isEmpty() && Role.of(line.label()) == Role.CRITERIA)) return true;
        }
        return false;
    }

    /** A phrase of a kind, as whole words where they stand alone. */
    private static String anyOf(String kind) {
        return Lexicon.written(kind).stream()
                .map(phrase -> !STANDS_ALONE.contains(Character.UnicodeScript.of(phrase.charAt(0)))
                        ? Pattern.quote(phrase)
                        : "(?<!\\p{L})" + phrase.replace(" ", "[\\s'’]+") + "(?!\\p{L})")
                .collect(Collectors.joining("|", "(?:", ")"));
    }

    /** Whether an epic has user stories, which are the work. */
    private static boolean listsStories(List<Block> blocks) {
        return blocks.stream()
                        .filter(Block.Items.class::isInstance)
                        .flatMap(block -> ((Block.Items) block).items().stream())
                        .filter(item -> tells(item.phrase().text()))
                        .count()
                > 1;
    }

    /** Whether a text tells a user story, in any language. */
    private static boolean tells(String text) {
        return STORY.matcher(text).find();
    }

    /** Whether a text says what it says for a role: "As a guest, ...". */
    static boolean isByRole(String text) {
        return BY_ROLE.matcher(text).find() || tells(text);
    }

    private static int storiesIn(Section section) {
        int stories = 0;
        for (var block : section.blocks()) {
            if (block instanceof Block.Paragraph text) {
                var whole = text.joined();
                if (Titles.isStory(whole.text()) || Titles.isStory(whole.afterLabel())) stories++;
            }
        }
        return stories;
    }

    /** Whether a list in the section is made of Given, When, Then. */
    private static boolean isScenario(Section section) {
        for (var block : section.blocks()) {
            if (!(block instanceof Block.Items items)) continue;
            int steps = 0;
            for (var item : items.items()) {
                var words = Words.plain(item.phrase().text());
                boolean isStep =
                        !words.isEmpty() && List.of("given", "when", "then").contains(words.getFirst());
                if (isStep) steps++;
            }
            if (steps > 1 && steps * 2 >= items.items().size()) return true;
        }
        return false;
    }
}
