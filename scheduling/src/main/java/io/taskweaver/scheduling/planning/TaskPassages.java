package io.taskweaver.scheduling.planning;

import io.taskweaver.model.Passage;
import io.taskweaver.model.Passage.Kind;
import io.taskweaver.model.effort.Effort;
import io.taskweaver.requirements.analysis.Analysis;
import io.taskweaver.requirements.analysis.Background;
import io.taskweaver.requirements.analysis.Requirement;
import io.taskweaver.requirements.text.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which parts of the documents each task is given besides its requirement: the words that it uses, the tables and code of its
 * chapter and of what it speaks of, the text above it, and the commands. A passage is spoken of if a requirement has all words
 * of its heading, of a name or of a cell in it; what most requirements have says nothing.
 */
final class TaskPassages {
    /** Characters for all tasks together, and for one. */
    private static final int ALL = 10_000_000;

    private static final int FEWEST = 1_000;
    private static final int MOST = 16_000;
    private static final int SHORTEST_WORD = 4;
    private static final int MOST_KEYS = 400;
    private static final int MOST_WORDS_IN_KEY = 8;
    private static final int SHORT_TABLE = 12;
    private static final int RULE_AND_HEADER = 2;
    private static final int FEW_TASKS = 4;
    private static final double COMMON = 0.25;
    private static final int MOST_FOUND = 500;

    private static final Set<String> OF_DATA = Words.set("""
        table list model schema data api endpoint format overview detail example option field parameter attribute type reference
        value structure definition entity resource object interface built builtin
        """);
    private static final Pattern NAME = Pattern.compile("[\\p{L}_$][\\p{L}\\p{N}_$-]*+(?:[./][\\p{L}\\p{N}_$-]++)*+");
    private static final Pattern DECLARED = Pattern.compile(
            "(?i)\\b(?:interface|class|record|struct|enum|type|message|table|entity|model|service|schema|collection)\\s+(?:if not exists\\s+)?[\"`']?([\\p{L}_]\\w*)");
    private static final Pattern JSON_KEY = Pattern.compile("[\"']?([\\p{L}_][\\p{L}\\p{N}_-]*)[\"']?\\s*:");
    private static final Pattern PATH = Pattern.compile("/([a-z][a-z0-9_-]+)");

    /** A passage of one document. */
    private record Place(int document, int chapter, Passage passage) {}

    /**
     * Words by which a passage or section is spoken of.
     *
     * @param words that a text has to have, all of them
     * @param sequence whether it has to have them in this order, with nothing between them
     * @param strong whether one such key is enough
     * @param line of the passage that it stands in; -1 for all of it
     */
    private record Key(List<String> words, boolean sequence, boolean strong, int place, int chapter, int line) {}

    private final List<Background> backgrounds;
    private final int room;
    private final List<Place> places = new ArrayList<>();
    /** The first place of each chapter of each document. */
    private final List<int[]> starts = new ArrayList<>();

    private final List<List<List<Integer>>> inner = new ArrayList<>();
    private final List<Key> keys = new ArrayList<>();
    private final Map<String, List<Integer>> byWord = new HashMap<>();
    private final Set<Integer> common = new HashSet<>();

    private TaskPassages(List<Analysis> analyses, int tasks) {
        backgrounds = analyses.stream().map(Analysis::background).toList();
        room = Math.clamp(ALL / Math.max(1, tasks), FEWEST, MOST);
        for (int document = 0; document < backgrounds.size(); document++) index(document);
        var frequency = new HashMap<String, Integer>();
        for (var key : keys) for (var word : Set.copyOf(key.words())) frequency.merge(word, 1, Integer::sum);
        for (int key = 0; key < keys.size(); key++) {
            var words = keys.get(key).words();
            var rarest = words.stream()
                    .min(Comparator.comparingInt((String word) -> frequency.getOrDefault(word, 0)))
                    .orElseThrow();
            byWord.computeIfAbsent(rarest, word -> new ArrayList<>()).add(key);
        }
    }

    /** What an item is given: where it stands, and passages in the order of their importance. */
    record Given(List<String> headings, List<Passage> passages) {}

    /** What each item is given. */
    static List<Given> of(List<RequirementCollection.Item> items, List<Analysis> analyses) {
        var finder = new TaskPassages(analyses, items.size());
        var found = new ArrayList<Set<Integer>>();
        var times = new HashMap<Integer, Integer>();
        for (var item : items) {
            Effort.step();
            var spoken = finder.spoken(text(item.requirement()));
            found.add(spoken);
            spoken.forEach(key -> times.merge(key, 1, Integer::sum));
        }
        if (items.size() > FEW_TASKS)
            times.forEach((key, count) -> {
                boolean isTerm = finder.isTerm(key);
                if (!isTerm && count > Math.max(2, items.size() * COMMON)) finder.common.add(key);
            });
        var all = new ArrayList<Given>();
        for (int item = 0; item < items.size(); item++) {
            Effort.step();
            var each = items.get(item);
            all.add(new Given(finder.headings(each), finder.passages(each, found.get(item))));
        }
        return all;
    }

    /** The headings above an item. */
    private List<String> headings(RequirementCollection.Item item) {
        var requirement = item.requirement();
        var background = backgrounds.get(item.document());
        var around = background.around(requirement.at().firstLine());
        if (around.isEmpty()) return requirement.section();
        var chapter = background.chapters().get(around.getFirst());
        var headings = chapter.headings();
        boolean isItself = chapter.at().firstLine() == requirement.at().firstLine();
        return isItself && !headings.isEmpty() ? headings.subList(0, headings.size() - 1) : headings;
    }

    private static String text(Requirement requirement) {
        return requirement.title() + "\n" + requirement.text() + "\n" + String.join("\n", requirement.criteria());
    }

    private boolean isTerm(int key) {
        int place = keys.get(key).place();
        return place >= 0 && places.get(place).passage().kind() == Kind.TERM;
    }

    private void index(int document) {
        var chapters = backgrounds.get(document).chapters();
        var first = new int[chapters.size() + 1];
        var children = new ArrayList<List<Integer>>();
        for (int chapter = 0; chapter < chapters.size(); chapter++) {
            children.add(new ArrayList<>());
            var here = chapters.get(chapter);
            if (here.above() >= 0) children.get(here.above()).add(chapter);
            first[chapter] = places.size();
            boolean says = !here.isTitle() && !here.headings().isEmpty();
            int place = places.size();
            if (says) heading(here.headings().getLast(), document, chapter);
            for (var passage : here.passages()) {
                places.add(new Place(document, chapter, passage));
                keys(passage, place++);
            }
        }
        first[chapters.size()] = places.size();
        starts.add(first);
        inner.add(children);
    }

    private void heading(String heading, int document, int chapter) {
        var words = new ArrayList<>(content(heading));
        words.removeIf(OF_DATA::contains);
        boolean sayNothing =
                words.isEmpty() || words.stream().allMatch(word -> word.length() < SHORTEST_WORD && isSpaced(word));
        if (sayNothing) return;
        // A chapter is numbered with its document, in one number.
        keys.add(new Key(words, false, true, -1, chapter + (document << 20), -1));
    }

    private static boolean isSpaced(String word) {
        return !Words.isUnspaced(word.charAt(0));
    }

    private void keys(Passage passage, int place) {
        switch (passage.kind()) {
            case TERM -> {
                var words = tokens(passage.name());
                if (!words.isEmpty()) keys.add(new Key(words, true, true, place, -1, -1));
            }
            case DATA -> {
                var seen = new HashSet<List<String>>();
                var lines = passage.text().split("\n", -1);
                boolean table = lines.length > RULE_AND_HEADER && lines[1].matches("[\\s|:+=-]{3,}");
                for (int line = 0; line < lines.length && seen.size() < MOST_KEYS; line++)
                    if (table && line >= RULE_AND_HEADER) row(lines[line], place, line, seen);
                    else if (!table) code(lines[line], place, seen);
            }
            case TEXT, COMMAND -> {}
        }
    }

    private void row(String row, int place, int line, Set<List<String>> seen) {
        var cells = row.strip().replaceAll("^\\||\\|$", "").split("(?<!\\\\)\\|", -1);
        for (int cell = 0; cell < cells.length; cell++) {
            var words = new ArrayList<>(content(cells[cell]));
            boolean first = cell == 0;
            var name = cells[cell].replace("`", "").replace("*", "").strip();
            boolean identifier = isIdentifier(name);
            boolean fits = !words.isEmpty() && words.size() <= MOST_WORDS_IN_KEY;
            if (fits && (words.size() > 1 || first || identifier))
                key(words, words.size() > 1 || identifier, place, line, seen);
            var path = PATH.matcher(cells[cell]);
            while (path.find()) key(new ArrayList<>(content(path.group(1))), false, place, line, seen);
        }
    }

    private void code(String line, int place, Set<List<String>> seen) {
        var declared = DECLARED.matcher(line);
        while (declared.find()) key(new ArrayList<>(content(declared.group(1))), true, place, -1, seen);
        var json = JSON_KEY.matcher(line);
        while (json.find()) key(new ArrayList<>(content(json.group(1))), isIdentifier(json.group(1)), place, -1, seen);
        var path = PATH.matcher(line);
        while (path.find()) key(new ArrayList<>(content(path.group(1))), true, place, -1, seen);
    }

    private static boolean isIdentifier(String text) {
        if (!NAME.matcher(text.replaceFirst("^[-/.@#]+", "")).matches()) return false;
        boolean marked = text.startsWith("-") || text.startsWith("/") || text.indexOf('_') > 0 || text.indexOf('.') > 0;
        for (int at = 1; at < text.length() && !marked; at++)
            marked = Character.isUpperCase(text.charAt(at)) && Character.isLowerCase(text.charAt(at - 1));
        return marked;
    }

    private void key(List<String> words, boolean strong, int place, int line, Set<List<String>> seen) {
        words.removeIf(word -> word.length() < SHORTEST_WORD && isSpaced(word));
        if (words.isEmpty()) return;
        var sorted = words.stream().sorted().toList();
        // Each row is found by itself.
        if (!seen.add(
                line < 0
                        ? sorted
                        : java.util.stream.Stream.concat(sorted.stream(), java.util.stream.Stream.of("" + line))
                                .toList())) return;
        keys.add(new Key(List.copyOf(words), false, strong, place, -1, line));
    }

    /** Words that carry meaning; names are taken apart, scripts without blanks into pairs. */
    private static Set<String> content(String text) {
        var words = new LinkedHashSet<String>();
        for (var part : Words.parts(text)) {
            var word = Words.lower(part);
            if (!Words.isFiller(word)) words.add(Words.singular(word));
        }
        return words;
    }

    private static List<String> tokens(String text) {
        var words = new ArrayList<String>();
        for (var part : Words.parts(text)) words.add(Words.singular(Words.lower(part)));
        return words;
    }

    /** Keys that a text has. */
    private Set<Integer> spoken(String text) {
        var words = tokens(text);
        var known = new HashSet<>(words);
        var found = new LinkedHashSet<Integer>();
        for (var word : new LinkedHashSet<>(words))
            for (int number : byWord.getOrDefault(word, List.of())) {
                if (found.size() >= MOST_FOUND) return found;
                var key = keys.get(number);
                if (known.containsAll(key.words()) && (!key.sequence() || isSequence(words, key.words())))
                    found.add(number);
            }
        return found;
    }

    private static boolean isSequence(List<String> text, List<String> words) {
        return words.size() == 1 || java.util.Collections.indexOfSubList(text, words) >= 0;
    }

    private List<Passage> passages(RequirementCollection.Item item, Set<Integer> spoken) {
        var background = backgrounds.get(item.document());
        var requirement = item.requirement();
        var taken = new LinkedHashMap<Integer, Set<Integer>>();
        var terms = new ArrayList<Integer>();
        var sections = new LinkedHashSet<Integer>();
        var weak = new HashMap<Integer, Set<Integer>>();
        for (int number : spoken) {
            if (common.contains(number)) continue;
            var key = keys.get(number);
            if (key.place() < 0) sections.add(key.chapter());
            else if (isTerm(number)) terms.add(key.place());
            else if (key.strong())
                taken.computeIfAbsent(key.place(), place -> new HashSet<>()).add(key.line());
            else weak.computeIfAbsent(key.place(), place -> new HashSet<>()).add(number);
        }
        weak.forEach((place, found) -> {
            var distinct = new HashSet<List<String>>();
            found.forEach(key -> distinct.add(keys.get(key).words()));
            if (distinct.size() > 1 || taken.containsKey(place))
                found.forEach(key -> taken.computeIfAbsent(place, known -> new HashSet<>())
                        .add(keys.get(key).line()));
        });
        var chosen = new Chosen();
        background.commands().forEach(chosen::add);
        terms.stream().sorted().forEach(place -> chosen.add(places.get(place).passage()));
        var around = background.around(requirement.at().firstLine());
        ofChapter(item.document(), around, Kind.DATA, chosen);
        for (int section : sections) whole(section >> 20, section & 0xFFFFF, chosen);
        taken.forEach((place, lines) -> chosen.add(part(places.get(place).passage(), lines)));
        ofChapter(item.document(), around, Kind.TEXT, chosen);
        for (int section : sections) above(section >> 20, section & 0xFFFFF, chosen);
        return chosen.passages();
    }

    /** Of sections that an item stands in, and of those beside it in which nothing is asked for. */
    private void ofChapter(int document, List<Integer> around, Kind kind, Chosen chosen) {
        var chapters = backgrounds.get(document).chapters();
        for (int chapter : around) {
            if (chapters.get(chapter).isTitle() && around.size() > 1 && chapter != around.getFirst()) break;
            own(document, chapter, kind, chosen);
            for (int beside : inner.get(document).get(chapter))
                if (!chapters.get(beside).asks() && !chapters.get(chapter).isTitle())
                    deep(document, beside, kind, chosen);
        }
    }

    private void own(int document, int chapter, Kind kind, Chosen chosen) {
        for (int place = starts.get(document)[chapter]; place < starts.get(document)[chapter + 1]; place++)
            if (places.get(place).passage().kind() == kind)
                chosen.add(places.get(place).passage());
    }

    private void deep(int document, int chapter, Kind kind, Chosen chosen) {
        own(document, chapter, kind, chosen);
        for (int below : inner.get(document).get(chapter)) deep(document, below, kind, chosen);
    }

    /** A section that is spoken of: what it says, and its data only where something is asked for in it. */
    private void whole(int document, int chapter, Chosen chosen) {
        if (backgrounds.get(document).chapters().get(chapter).asks()) {
            own(document, chapter, Kind.DATA, chosen);
            return;
        }
        deep(document, chapter, Kind.DATA, chosen);
        deep(document, chapter, Kind.TEXT, chosen);
    }

    /** Data of the sections that one is in, which is about all of them. */
    private void above(int document, int chapter, Chosen chosen) {
        var chapters = backgrounds.get(document).chapters();
        for (int outer = chapters.get(chapter).above();
                outer >= 0 && !chapters.get(outer).isTitle(); ) {
            own(document, outer, Kind.DATA, chosen);
            outer = chapters.get(outer).above();
        }
    }

    /** Of a long table the rows that are spoken of. */
    private static Passage part(Passage passage, Collection<Integer> lines) {
        var all = passage.text().split("\n", -1);
        if (all.length <= SHORT_TABLE + RULE_AND_HEADER || lines.contains(-1)) return passage;
        var kept = new ArrayList<>(Arrays.asList(all).subList(0, RULE_AND_HEADER));
        lines.stream().sorted().forEach(line -> kept.add(all[line]));
        return new Passage(
                passage.kind(), passage.name(), passage.section(), String.join("\n", kept), passage.source());
    }

    /** Passages in their order, each once, as long as there is room. */
    private final class Chosen {
        private final Map<Object, Passage> all = new LinkedHashMap<>();
        private int left = room;

        void add(Passage passage) {
            int length = passage.text().length();
            if (length > left
                    || all.putIfAbsent(List.of(passage.source(), passage.kind(), passage.name()), passage) != null)
                return;
            left -= length;
        }

        List<Passage> passages() {
            return List.copyOf(all.values());
        }
    }
}
