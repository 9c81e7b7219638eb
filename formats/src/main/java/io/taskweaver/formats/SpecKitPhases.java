package io.taskweaver.formats;

import io.taskweaver.model.Document;
import io.taskweaver.model.SourceSpan;
import io.taskweaver.requirements.document.Block;
import io.taskweaver.requirements.document.OutlineReader;
import io.taskweaver.requirements.document.Phrase;
import io.taskweaver.requirements.document.Section;
import io.taskweaver.requirements.text.Words;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * What a list of spec-kit says about the order of its phases, in sections such as "Phase Dependencies" and "User Story
 * Dependencies": {@code **Foundational (Phase 2)**: Depends on Setup completion - BLOCKS all user stories}.
 */
final class SpecKitPhases {
    private static final Pattern SECTION = Pattern.compile(
            "(?iu).*(?:depend|execution order|abhängig|reihenfolge|dépendance|dependencia|dipendenz|dependência"
                    + "|зависимост|依赖|依存|의존|bağımlı).*");
    private static final Pattern NUMBER =
            Pattern.compile("(?iu)(?:phase|fase|étape|этап|фаза|aşama|阶段|フェーズ|단계)\\s*([0-9]{1,3})(\\s*\\+)?");
    private static final Pattern RANGE =
            Pattern.compile("(?iu)(?:phases?|fasen?|fases?)\\s*([0-9]{1,3})\\s*(?:-|–|to|bis|à|a)\\s*([0-9]{1,3})");
    private static final Pattern STORY = Pattern.compile(
            "(?iu)(?:user stor(?:y|ies)|\\bus|\\bstory|ユーザーストーリー|用户故事)\\s*#?([0-9]{1,3}(?:\\s*(?:,|and|&|und|et|y|、|和)\\s*(?:US)?[0-9]{1,3})*)");
    private static final Pattern STORIES = Pattern.compile("(?iu)\\b(?:user |all )stor(?:y|ies)\\b|ユーザーストーリー|用户故事");
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,3}");
    private static final Pattern LAST = Pattern.compile("(?iu)\\b(?:final|last) phase\\b");
    private static final Pattern ALL_BEFORE = Pattern.compile(
            "(?iu)\\b(?:all|every|everything)\\b[^.;]*\\b(?:previous|prior|earlier|other|phases?|else|above)\\b");

    private static final Pattern WAITS = Pattern.compile(
            "(?iu)\\b(?:depends? (?:up)?on|requires?|needs?|waits? for|(?:start|begin|run|proceed|come|done)s? (?:only )?(?:after|once|when)|after|until|blocked by|follows?"
                    + "|hängt ab von|nach|setzt voraus|dépend(?:ent)? d[eu']|après|depende[n]? de|después de|dipende da|dopo|após|depois de"
                    + "|зависит от|после)\\b(.*)|(?:依赖于?|依存[:：])(.*)");
    /** Where the word stands behind what is waited for. */
    private static final Pattern WAITS_BEHIND =
            Pattern.compile("(?iu)(.*)(?:に依存|完了後|の後|完成后|完成之后|之后|의존|완료 후|sonra|bağlı)");

    private static final Pattern BLOCKS =
            Pattern.compile("(?iu)(?<!not )\\b(?:blocks|must (?:be )?(?:complete|finish|done)\\w* before)\\b(.*)");
    /** Where another thought begins: a remark behind a dash, and what is said not to be. */
    private static final Pattern CLAUSE =
            Pattern.compile("\\s+[-–—]+\\s+|;|\\.\\s|(?iu)\\bbut\\b|(?iu),\\s*(?:they|then|it)\\b");

    private static final Pattern DENIED = Pattern.compile(
            "(?iu)\\b(?:no|not|none|without|never|independent(?:ly)?|may|might|optional(?:ly)?|if staffed|or|keine|sans|aucune?|sin|nessuna|sem|нет|без)\\b.*|依存なし.*|无依赖.*|没有依赖.*");

    /** Words that phases are called by whatever else their headings say. */
    private static final int LEAST_NAME = 4;

    private final List<Phase> phases;
    private final List<Statement> found = new ArrayList<>();

    private SpecKitPhases(List<Phase> phases) {
        this.phases = phases;
    }

    /**
     * A phase.
     *
     * @param heading as the document has it
     * @param number as its heading says; 0 if it does not
     * @param story number of the user story that it is; 0 if it is none
     */
    record Phase(String heading, int number, int story) {
        static Phase of(String heading) {
            var number = NUMBER.matcher(heading);
            var story = STORY.matcher(heading);
            return new Phase(
                    heading,
                    number.find() ? Integer.parseInt(number.group(1)) : 0,
                    story.find() ? numbers(story.group(1)).getFirst() : 0);
        }
    }

    /**
     * Some phases wait for others.
     *
     * @param then indices of the phases that it is about
     * @param first indices of those that they wait for; none if they wait for nothing
     */
    record Statement(Set<Integer> then, Set<Integer> first, SourceSpan at) {}

    /** Headings that are phases, by their lines: those beside the first that says so, else those of the second level. */
    static TreeMap<Integer, String> headings(Document document) {
        var root = OutlineReader.read(document).root();
        var headings = new TreeMap<Integer, String>();
        collect(root, level(root).orElse(2), headings);
        return headings;
    }

    private static Optional<Integer> level(Section section) {
        var number = NUMBER.matcher(section.heading().text());
        if (section.level() > 0 && number.find() && number.start() < LEAST_NAME) return Optional.of(section.level());
        return section.sections().stream()
                .flatMap(inner -> level(inner).stream())
                .findFirst();
    }

    private static void collect(Section section, int level, TreeMap<Integer, String> headings) {
        if (section.level() == level)
            headings.put(
                    section.headingAt().firstLine(), section.heading().text().strip());
        section.sections().forEach(inner -> collect(inner, level, headings));
    }

    /**
     * What a document says about its phases.
     *
     * @param headings of the phases that have tasks, in order
     */
    static List<Statement> in(Document document, List<String> headings) {
        var phases = new SpecKitPhases(headings.stream().map(Phase::of).toList());
        phases.section(OutlineReader.read(document).root(), false);
        return phases.found;
    }

    /**
     * For each phase those that it waits for, as statements say. One of which none speaks waits for what is before it: a
     * story for the phases before the first story, any other for all before.
     */
    static List<Set<Integer>> waits(List<String> headings, List<Statement> statements) {
        var phases = headings.stream().map(Phase::of).toList();
        var waits = new ArrayList<Set<Integer>>();
        for (int i = 0; i < headings.size(); i++) {
            int phase = i;
            var about = statements.stream()
                    .filter(statement -> statement.then().contains(phase))
                    .toList();
            var first = new LinkedHashSet<Integer>();
            if (about.isEmpty()) first.addAll(before(phase, phases));
            else about.forEach(statement -> first.addAll(statement.first()));
            first.removeIf(earlier -> earlier > phase && reaches(earlier, phase, statements));
            waits.add(first);
        }
        return waits;
    }

    private static List<Integer> before(int phase, List<Phase> phases) {
        boolean isStory = phases.get(phase).story() > 0;
        return IntStream.range(0, phase)
                .filter(earlier -> !isStory || phases.get(earlier).story() == 0)
                .boxed()
                .toList();
    }

    /** Whether a phase waits for another by what is said of it. */
    private static boolean reaches(int phase, int other, List<Statement> statements) {
        return statements.stream()
                .anyMatch(statement ->
                        statement.then().contains(phase) && statement.first().contains(other));
    }

    private void section(Section section, boolean within) {
        boolean counts = within || SECTION.matcher(section.heading().text()).matches();
        boolean inner = section.heading().text().matches("(?iu)within .*|parallel .*|implementation strategy.*");
        if (counts && !inner)
            for (var block : section.blocks())
                if (block instanceof Block.Items items)
                    for (var item : items.items())
                        if (item.box() == Block.Box.NONE) line(item.phrase(), item.ownSpan());
        for (var deeper : section.sections()) section(deeper, counts && !inner);
    }

    private void line(Phrase phrase, SourceSpan at) {
        var label = phrase.label().isEmpty() ? subject(phrase.text()) : phrase.label();
        var said = phrase.label().isEmpty() ? phrase.text().substring(label.length()) : phrase.afterLabel();
        var then = label.isEmpty() ? Set.<Integer>of() : named(label);
        if (then.isEmpty()) return;
        var first = new LinkedHashSet<Integer>();
        var blocked = new LinkedHashSet<Integer>();
        for (var clause : CLAUSE.split(said, -1)) {
            var stated = DENIED.matcher(clause).replaceFirst("");
            var blocks = BLOCKS.matcher(stated);
            if (blocks.find()) {
                blocked.addAll(prerequisites(blocks.group(1), Set.of()));
                stated = stated.substring(0, blocks.start());
            }
            var waits = WAITS.matcher(stated);
            var behind = WAITS_BEHIND.matcher(stated);
            if (waits.find())
                first.addAll(prerequisites(waits.group(1) == null ? waits.group(2) : waits.group(1), then));
            else if (behind.find()) first.addAll(prerequisites(behind.group(1), then));
        }
        first.removeAll(then);
        blocked.removeAll(then);
        found.add(new Statement(then, first, at));
        for (int phase : blocked) found.add(new Statement(Set.of(phase), then, at));
    }

    /** What stands before the verb of a sentence: "Phase 3 and Phase 4 depend on Phase 2". */
    private static String subject(String text) {
        var waits = WAITS.matcher(text);
        var blocks = BLOCKS.matcher(text);
        int end = waits.find() ? waits.start() : text.length();
        if (blocks.find()) end = Math.min(end, blocks.start());
        return end == text.length() ? "" : text.substring(0, end);
    }

    private Set<Integer> prerequisites(String text, Set<Integer> then) {
        var all = new LinkedHashSet<>(named(text));
        if (ALL_BEFORE.matcher(text).find() && all.isEmpty() && !then.isEmpty())
            for (int i = 0; i < then.iterator().next(); i++) all.add(i);
        return all;
    }

    private static List<Integer> numbers(String text) {
        return DIGITS.matcher(text)
                .results()
                .map(digits -> Integer.parseInt(digits.group()))
                .toList();
    }

    /** Indices of the phases that a text names. */
    private Set<Integer> named(String text) {
        var named = new LinkedHashSet<Integer>();
        var range = RANGE.matcher(text);
        while (range.find()) named.addAll(between(Integer.parseInt(range.group(1)), Integer.parseInt(range.group(2))));
        var number = NUMBER.matcher(text);
        while (number.find()) {
            int from = Integer.parseInt(number.group(1));
            if (number.group(2) == null) named.addAll(between(from, from));
            else if (phases.stream().noneMatch(phase -> phase.story() > 0))
                named.addAll(between(from, Integer.MAX_VALUE));
        }
        var story = STORY.matcher(text);
        boolean oneStory = false;
        while (story.find()) {
            oneStory = true;
            var wanted = numbers(story.group(1));
            named.addAll(which(phase -> wanted.contains(phase.story())));
        }
        if (!oneStory && STORIES.matcher(text).find()) named.addAll(which(phase -> phase.story() > 0));
        if (LAST.matcher(text).find() && named.isEmpty() && !phases.isEmpty()) named.add(phases.size() - 1);
        if (named.isEmpty()) named.addAll(calledBy(text));
        return named;
    }

    private Set<Integer> between(int from, int to) {
        return which(phase -> phase.number() >= from && phase.number() <= to);
    }

    private Set<Integer> which(Predicate<Phase> wanted) {
        var named = new LinkedHashSet<Integer>();
        IntStream.range(0, phases.size())
                .filter(i -> wanted.test(phases.get(i)))
                .forEach(named::add);
        return named;
    }

    /** Phases of which a text has a word of the name. */
    private Set<Integer> calledBy(String text) {
        var words = Words.singulars(text);
        return which(phase -> firstWord(phase).filter(words::contains).isPresent());
    }

    private static Optional<String> firstWord(Phase phase) {
        var name = RANGE.matcher(NUMBER.matcher(phase.heading()).replaceAll("")).replaceAll("");
        return Words.singulars(name).stream()
                .filter(word -> word.length() >= LEAST_NAME || word.chars().anyMatch(c -> c > 0x2E80))
                .findFirst();
    }
}
