package io.taskweaver.scheduling.planning;

import io.taskweaver.requirements.text.Words;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the names of components in texts, as whole words, singular or plural, the longest name first. The time it takes
 * does not depend on how many names there are.
 */
final class Mentions {
    private static final int NONE = -1;
    private static final int AMBIGUOUS = -2;

    /** Names that say too little by themselves to be taken for a component. */
    private static final Set<String> TOO_GENERIC = Words.set("""
        user data system service api app application core common general server client component module manager
        management tool report setting feature ui test model view list item file page integration performance
        product project platform interface layer worker task storage agent event message web main
        """);

    /** Words at the end of a name that people leave out when they mention it. */
    private static final Set<String> DROPPED_ENDINGS = Words.set("""
        management system service module component engine manager layer handling subsystem agent feature
        functionality api builder
        """);

    private final TrieNode root = new TrieNode();

    private static final class TrieNode {
        final Map<String, TrieNode> next = new HashMap<>();
        int component = NONE;
        boolean full;
    }

    /** A name as it was found in a text. */
    record Mention(int component, String words) {}

    /** Full names go in before aliases, so that an alias never hides a name. */
    void name(String name, int component) {
        add(Words.singulars(name), component, true);
    }

    /** Another name, and what is left of it without an ending such as "service". */
    void alias(String alias, int component) {
        var words = Words.singulars(alias);
        add(words, component, false);
        if (words.size() > 1 && DROPPED_ENDINGS.contains(words.getLast()))
            add(words.subList(0, words.size() - 1), component, false);
        if (words.size() > 2) add(words.subList(words.size() - 2, words.size()), component, false);
    }

    private void add(List<String> words, int component, boolean full) {
        if (words.isEmpty()
                || (words.size() == 1
                        && (TOO_GENERIC.contains(words.getFirst())
                                || words.getFirst().length() < 3))) return;
        if (words.stream().allMatch(word -> TOO_GENERIC.contains(word) || DROPPED_ENDINGS.contains(word)) && !full)
            return;
        var node = root;
        for (var word : words) node = node.next.computeIfAbsent(word, key -> new TrieNode());
        if (node.component == NONE) {
            node.component = component;
            node.full = full;
        } else if (node.component != component && !node.full) {
            node.component = AMBIGUOUS;
        }
    }

    /** Components mentioned in a text, each once, with the words that name it. */
    List<Mention> in(String text) {
        var words = Words.plain(text);
        var found = new LinkedHashMap<Integer, String>();
        int at = 0;
        while (at < words.size()) {
            int end = at;
            int component = NONE;
            var node = root;
            for (int i = at; i < words.size(); i++) {
                node = next(node, words.get(i));
                if (node == null) break;
                if (node.component >= 0) {
                    component = node.component;
                    end = i + 1;
                }
            }
            if (component >= 0) found.putIfAbsent(component, String.join(" ", words.subList(at, end)));
            at = Math.max(at + 1, end);
        }
        var mentions = new ArrayList<Mention>();
        found.forEach((component, name) -> mentions.add(new Mention(component, name)));
        return mentions;
    }

    /** The component that a text names and nothing else; -1 if it names none. */
    int exactly(String text) {
        var words = Words.singulars(text);
        var node = root;
        for (var word : words) {
            node = node.next.get(word);
            if (node == null) return NONE;
        }
        return Math.max(node.component, NONE);
    }

    private static @org.jspecify.annotations.Nullable TrieNode next(TrieNode node, String word) {
        return node.next.isEmpty() ? null : node.next.get(Words.singular(word));
    }
}
