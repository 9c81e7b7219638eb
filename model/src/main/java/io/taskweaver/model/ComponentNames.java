package io.taskweaver.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import javax.lang.model.SourceVersion;

/**
 * Names of components and their operations in generated code. The same text always gives the same name, and any text
 * gives a valid one: ASCII letters and digits, at most 60 characters, no keyword.
 */
public final class ComponentNames {
    private static final int MOST_WORDS = 5;
    private static final int LONGEST_PACKAGE = 200;

    /** Type names that would hide what generated code refers to by its simple name. */
    private static final Set<String> TAKEN_TYPES = wordsOf("""
        Appendable AutoCloseable Boolean Byte Character Class ClassLoader Cloneable Comparable Deprecated Double Enum
        Error Exception Float FunctionalInterface IO Integer Iterable Long Math Module Number Object Override Package
        Process ProcessBuilder ProcessHandle Readable Record Runnable Runtime RuntimeException SafeVarargs ScopedValue
        Short StackTraceElement StackWalker StrictMath String StringBuffer StringBuilder SuppressWarnings System
        Thread ThreadGroup ThreadLocal Throwable Void
        ArithmeticException ClassCastException IllegalArgumentException IllegalStateException
        IndexOutOfBoundsException InterruptedException NullPointerException UnsupportedOperationException
        ArrayList Arrays Collection Collections HashMap HashSet LinkedHashMap List Map Objects Optional Set
        RecordedCall Result\
        """);

    /** Method names that an interface cannot declare, or that cannot be called plainly. */
    private static final Set<String> TAKEN_METHODS =
            wordsOf("clone equals finalize getClass hashCode notify notifyAll toString wait yield");

    private static final Set<String> MODALS = wordsOf("shall must should can may will");
    private static final Set<String> ARTICLES = wordsOf("a an the its their his her our your my own each every");
    private static final Set<String> LINKS =
            wordsOf("a an and as at but by for from if in into of on or per than that the to using via when with");

    /** What with a following particle is one verb: "sign in" is not "sign". */
    private static final Set<String> PARTICLE_VERBS =
            wordsOf("back check fill log look opt roll scale set sign switch time turn");

    private ComponentNames() {}

    /**
     * Name of a component's interface, e.g. {@code ShortCodeGenerator} for "Short Code Generator".
     *
     * @return an upper camel case identifier that hides no type of {@code java.lang}
     */
    public static String typeName(String component) {
        var words = Identifiers.words(component);
        var name = words.isEmpty() ? "C" + Identifiers.hex(component) : upperCamel(words);
        if (Character.isDigit(name.charAt(0))) name = "C" + name;
        if (TAKEN_TYPES.contains(name)) name += "Component";
        return Identifiers.bounded(name, component);
    }

    /**
     * Package of a component's code.
     *
     * @param basePackage package of the whole product, e.g. {@code com.acme.shortener}
     * @return a sub-package of it, e.g. {@code com.acme.shortener.shortcodegenerator}
     */
    public static String packageName(String basePackage, String component) {
        var name = typeName(component).toLowerCase(Locale.ROOT);
        return basePackage + "." + (Identifiers.isKeyword(name) ? name + "component" : name);
    }

    /**
     * Path of a type of a component in the merged output, '/' separated.
     *
     * @param typeName simple name of a top-level type, e.g. from {@link #typeName}
     */
    public static String sourcePath(String basePackage, String component, String typeName) {
        return "src/main/java/" + packageName(basePackage, component).replace('.', '/') + "/" + typeName + ".java";
    }

    /**
     * Name of an operation, a verb phrase of at most five words out of the title of the task that implements it: "Users
     * shall be able to filter customers by region" gives {@code filterCustomersByRegion}, "Duplicates must be rejected"
     * gives {@code ensureDuplicatesRejected}.
     *
     * @return a lower camel case identifier that an interface may declare as a method
     */
    public static String operationName(String title) {
        var words = essence(Identifiers.words(title));
        var name = words.isEmpty() ? "do" + Identifiers.hex(title) : lowerCamel(words);
        if (Character.isDigit(name.charAt(0)) || TAKEN_METHODS.contains(name) || Identifiers.isKeyword(name))
            name = "do" + capitalised(name);
        return Identifiers.bounded(name, title);
    }

    /**
     * Names of all operations of a component, in the order of the titles: as {@link #operationName}, with a number where
     * two would be the same but for their case.
     */
    public static List<String> operationNames(List<String> titles) {
        var distinct = new DistinctNames(List.of());
        var names = new ArrayList<String>();
        for (var title : titles) names.add(distinct.of(operationName(title)));
        return names;
    }

    /** Whether a text is the name of a Java package, e.g. {@code com.acme.shortener}. */
    public static boolean isPackageName(String text) {
        return text.length() <= LONGEST_PACKAGE
                && text.matches("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)*")
                && SourceVersion.isName(text, SourceVersion.RELEASE_25);
    }

    /** The name itself where an interface may declare it as a method, else one that is made of its words. */
    public static String methodName(String name) {
        boolean usable =
                name.matches("[a-z][A-Za-z0-9]{0,59}") && !TAKEN_METHODS.contains(name) && !Identifiers.isKeyword(name);
        return usable ? name : operationName(name);
    }

    /** An identifier with its first letter in upper case: the middle part of names such as {@code FilterRequest}. */
    public static String capitalised(String identifier) {
        return identifier.substring(0, 1).toUpperCase(Locale.ROOT) + identifier.substring(1);
    }

    /** What a title is about, without the subject that every requirement shares and without articles and possessives. */
    private static List<String> essence(List<String> title) {
        var words = withoutId(title);
        var lower = words.stream().map(word -> word.toLowerCase(Locale.ROOT)).toList();
        int modal = firstOf(MODALS, lower);
        var subject = modal < 0 ? List.<String>of() : words.subList(0, modal);
        var predicate = words.subList(modal + 1, words.size());
        int wish = wish(lower);
        if (modal < 0 && wish >= 0) predicate = words.subList(wish, words.size());
        if (startsWith(predicate, "be", "able", "to")) predicate = predicate.subList(3, predicate.size());
        else if (startsWith(predicate, "be")) predicate = ensured(subject, predicate.subList(1, predicate.size()));
        return shortened(predicate.isEmpty() ? words : predicate);
    }

    /** A state to be in, as something to do. */
    private static List<String> ensured(List<String> subject, List<String> state) {
        var words = new ArrayList<String>();
        words.add("ensure");
        words.addAll(subject);
        words.addAll(state);
        return words;
    }

    /** Where the wish of a user story begins ("As a clerk, I want to ..."), or -1. */
    private static int wish(List<String> lower) {
        int want = lower.indexOf("want");
        if (want < 1 || !lower.get(want - 1).equals("i")) return -1;
        int begin = want + 1;
        return begin < lower.size() && lower.get(begin).equals("to") ? begin + 1 : begin;
    }

    /** Without a leading requirement id such as FR-001. */
    private static List<String> withoutId(List<String> words) {
        boolean hasId = words.size() > 2
                && words.get(0).matches("[A-Z]{1,5}")
                && words.get(1).matches("[0-9]+");
        if (hasId) return words.subList(2, words.size());
        return words.size() > 1 && words.getFirst().matches("[A-Z]{1,5}[0-9]+")
                ? words.subList(1, words.size())
                : words;
    }

    private static List<String> shortened(List<String> words) {
        var unique = words.stream()
                .filter(word -> !ARTICLES.contains(word.toLowerCase(Locale.ROOT)))
                .toList();
        var kept = new ArrayList<>(unique.subList(0, Math.min(MOST_WORDS, unique.size())));
        if (unique.size() > MOST_WORDS) withoutTornPhrase(kept);
        while (kept.size() > 1 && isLink(kept, kept.size() - 1)) kept.removeLast();
        return kept.isEmpty() ? words : kept;
    }

    /** Takes away a phrase that the limit cut in two ("with code and target"), as long as a verb and an object stay. */
    private static void withoutTornPhrase(List<String> words) {
        for (int at = words.size() - 1; at >= 2; at--)
            if (isLink(words, at)) {
                words.subList(at, words.size()).clear();
                return;
            }
    }

    private static boolean isLink(List<String> words, int at) {
        boolean particle = at > 0 && PARTICLE_VERBS.contains(words.get(at - 1).toLowerCase(Locale.ROOT));
        return !particle && LINKS.contains(words.get(at).toLowerCase(Locale.ROOT));
    }

    private static boolean startsWith(List<String> words, String... beginning) {
        if (words.size() <= beginning.length) return false;
        for (int i = 0; i < beginning.length; i++) if (!words.get(i).equalsIgnoreCase(beginning[i])) return false;
        return true;
    }

    private static int firstOf(Set<String> sought, List<String> words) {
        for (int i = 0; i < words.size(); i++) if (sought.contains(words.get(i))) return i;
        return -1;
    }

    private static String upperCamel(List<String> words) {
        return words.stream().map(Identifiers::capitalised).collect(Collectors.joining());
    }

    private static String lowerCamel(List<String> words) {
        var first = Identifiers.capitalised(words.getFirst());
        boolean acronym = first.equals(first.toUpperCase(Locale.ROOT));
        var begin = acronym
                ? first.toLowerCase(Locale.ROOT)
                : first.substring(0, 1).toLowerCase(Locale.ROOT) + first.substring(1);
        return begin + upperCamel(words.subList(1, words.size()));
    }

    private static Set<String> wordsOf(String text) {
        return Set.of(text.split("\\s+"));
    }
}
