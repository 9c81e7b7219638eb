package io.taskweaver.requirements.analysis;

import io.taskweaver.requirements.document.Section;
import io.taskweaver.requirements.text.Lexicon;
import io.taskweaver.requirements.text.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What the words of a heading name: a product, a group of requirements. */
final class Headings {
    /** Numerals of any script, among them those of Chinese, Japanese and Korean. */
    private static final String NUMERAL = "[\\p{Nd}一二三四五六七八九十百]{1,5}";

    private static final Pattern NUMBER = Pattern.compile(
            "^(?:\\p{Nd}+(?:[.．]\\p{Nd}+)*+[.)]?\\s+|(?-i:[IVX]+\\.|[A-Z]\\.)\\s+"
                    + "|\\p{Nd}+[、．）]\\s*|[（(]" + NUMERAL + "[)）]\\s*|[一二三四五六七八九十百]{1,4}(?:[、．.，]\\s*|\\s+)"
                    + "|第\\s*" + NUMERAL + "\\s*[章节節部条條編编篇回項项][:：、.．]?\\s*|제\\s*\\p{Nd}+\\s*[장절부조항편][:.]?\\s*"
                    + "|[가나다라마바사아자차카타파하][.)]\\s+|§\\s*\\p{Nd}+(?:\\.\\p{Nd}+)*+\\s+|"
                    + Lexicon.pattern("heading.chapter") + "\\s+\\p{Nd}+(?:\\s*[:.–—-]\\s*))(?=\\S)",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    /** "第一阶段", "フェーズ1", "2단계", "Этап 2". */
    private static final Pattern STAGE = Pattern.compile(
            "^(?:第?\\s*" + NUMERAL + "\\s*" + Lexicon.pattern("ordinal") + "|" + Lexicon.pattern("ordinal") + "\\s*"
                    + NUMERAL + ")(?!\\p{L})",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    private static final Pattern FIRST_VERSION =
            Pattern.compile("(?i)(?<![\\p{L}\\p{N}])(?:v|version )1(?:\\.0)?(?![\\p{N}.])|[(（]\\s*MVP\\b[^()（）]*[)）]");
    private static final Pattern LATER_VERSION = Pattern.compile("(?i)^(?:v|version )[2-9](?:\\.0)?(?![\\p{N}.])");
    private static final Pattern VERSION_ALONE = Pattern.compile("(?i)(?:v|version )1(?:\\.0)?");
    private static final Pattern PARENTHESES = Pattern.compile("\\s*[(（][^()（）]*[)）]");
    private static final Pattern INSIDE = Pattern.compile("[(（]([^()（）]*)[)）]");
    private static final Pattern DASH = Pattern.compile("\\s+[-–—]+\\s+");
    private static final Pattern ORDINAL =
            Pattern.compile("(?i)^(phase|tier|part|step|stage|sprint|milestone|epic|layer)\\s+(?:[0-9IVX]+|[A-Z])$");
    private static final Set<String> KINDS = Set.copyOf(Words.phrases("""
        example, feature, capability, module, epic, component, requirement, prd, rfc, spec, service, user story,
        story, section, feature specification, project
        """));
    private static final Set<String> GENERIC = Words.set("""
        requirement functional nonfunctional non feature core main key general specific other system software
        product user story list specification srs prd document additional misc miscellaneous detailed detail basic
        initial overview functionality task todo backlog mvp phase use case capability high low level and the of
        for in to do scope implementation plan development roadmap milestone logical dependency chain must should
        could have nice item epic new md txt tree what we business spec technical epics readme priority p0 p1 p2 p3
        optional required mandatory
        """);
    /** Headings of well-known templates that group requirements without naming a part. */
    private static final Set<String> UNNAMED =
            Set.of("user scenario testing", "user scenario and testing", "user scenario");

    /** Kinds of headings that say what stands below rather than what it is about. */
    private static final List<String> UNNAMED_KINDS = List.of("heading.requirement", "heading.feature");

    private static final Set<String> DOCUMENT_WORDS = Words.set("""
        requirements requirement features feature functional specification document srs prd stories functionality tasks
        core
        """);

    private static final Set<String> PROCESS = Words.set("""
        tool tooling api apis architecture presentation documentation docs testing test deployment setup technology
        technologies infrastructure environment deliverable devops ci cd demo demonstration release polish
        technical stack library libraries and quality assurance tests
        """);

    private Headings() {}

    /** Whether a heading, its words in their normal form, ends with a phrase of a kind. */
    static boolean endsWith(String kind, String heading) {
        return Lexicon.all(kind).stream()
                .map(Words::normalised)
                .anyMatch(phrase -> heading.equals(phrase)
                        || heading.endsWith(Words.isUnspaced(phrase.charAt(0)) ? phrase : " " + phrase));
    }

    /** "Registration flow", "登録フロー": how something is used, step by step, unless its chapter asks for it. */
    static boolean isFlow(String heading) {
        var words = Words.normalised(heading);
        return endsWith("heading.flow.part", words)
                || !Lexicon.opening("heading.flow.part", words).isEmpty();
    }

    /** "Home screen", "Página de inicio", "홈 화면 (탭 1)": one of the product's screens or pages. */
    static boolean isScreen(String heading) {
        var words = Words.normalised(PARENTHESES.matcher(withoutNumber(heading)).replaceAll(""));
        return !Lexicon.is("heading.screens", words)
                && Words.plain(words).size() > 1
                && (endsWith("heading.screen.part", words)
                        || !Lexicon.opening("heading.screen.part", words).isEmpty());
    }

    /** "Flow 2: A guest books a venue". */
    static boolean isNumberedFlow(List<String> words) {
        return words.size() > 1
                && Lexicon.is("heading.flow.part", words.getFirst())
                && Character.isDigit(words.get(1).charAt(0));
    }

    static String withoutNumber(String heading) {
        return NUMBER.matcher(heading.strip()).replaceFirst("");
    }

    /** Whether a heading names a stage of the work by its number, whatever is behind it. */
    static boolean isStage(String heading) {
        return STAGE.matcher(heading.strip()).find();
    }

    /** Whether a heading says that a document is about the first version: "Features of V1", "Non-goals for version 1.0". */
    static boolean isOfFirstVersion(Section root) {
        boolean says = FIRST_VERSION.matcher(root.heading().text()).find()
                && !VERSION_ALONE.matcher(withoutNumber(root.heading().text())).matches();
        return says || root.sections().stream().anyMatch(Headings::isOfFirstVersion);
    }

    /** "V2 — Personal pages", "Extensions (V2.0)". */
    static boolean isLaterVersion(String heading) {
        return LATER_VERSION.matcher(withoutNumber(heading)).find()
                || INSIDE.matcher(heading)
                        .results()
                        .anyMatch(remark ->
                                LATER_VERSION.matcher(remark.group(1).strip()).matches());
    }

    /** A heading without its number and without remarks in brackets. */
    static String bare(String heading) {
        return PARENTHESES.matcher(withoutNumber(heading)).replaceAll("").strip();
    }

    /** What a group of requirements is called by its heading; empty if the heading names nothing. */
    static Optional<Component> component(String heading) {
        var name = withoutNumber(heading);
        var aliases = new ArrayList<String>();
        var inside = INSIDE.matcher(name);
        while (inside.find())
            if (isShortName(inside.group(1))) aliases.add(inside.group(1).strip());
        name = PARENTHESES.matcher(name).replaceAll("").replace("`", "").strip();
        name = afterKind(name);
        name = lastNamed(name);
        name = withoutArticle(withoutOuterGeneric(name));
        boolean isUnnamed = name.isBlank()
                || isGeneric(name)
                || Lexicon.kindOf(UNNAMED_KINDS, name).isPresent();
        if (isUnnamed || name.contains("[")) return Optional.empty();
        return Optional.of(new Component(name, "", aliases));
    }

    /** Whether a heading is about how work is done rather than about a part of the product. */
    static boolean isProcess(String heading) {
        var words = Words.singulars(withoutNumber(heading));
        return !words.isEmpty() && PROCESS.containsAll(words);
    }

    /** What a document is called by its first heading; empty if the heading says nothing but what kind it is. */
    static Optional<String> title(String heading) {
        var name = PARENTHESES.matcher(withoutNumber(heading)).replaceAll("").strip();
        int colon = name.indexOf(": ");
        if (colon > 0 && (isGeneric(name.substring(0, colon)) || KINDS.contains(lower(name.substring(0, colon)))))
            name = name.substring(colon + 2);
        for (var part : DASH.split(name, -1)) {
            var title = withoutOuterGeneric(part);
            if (!title.isBlank()
                    && !isGeneric(title)
                    && Role.of(part) != Role.CONTEXT
                    && Role.of(part) != Role.REFERENCE) return Optional.of(title);
        }
        return Optional.empty();
    }

    /** A title out of a file name. */
    static Optional<String> titleOfPath(String path) {
        var file = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
        int dot = file.lastIndexOf('.');
        var words = new ArrayList<>(List.of((dot > 0 ? file.substring(0, dot) : file).split("[^\\p{L}\\p{N}]+", -1)));
        words.removeIf(word -> word.isBlank() || GENERIC.contains(Words.singular(lower(word))));
        while (!words.isEmpty() && words.getFirst().chars().allMatch(Character::isDigit)) words.removeFirst();
        if (words.isEmpty()) return Optional.empty();
        var title = String.join(" ", words);
        return Optional.of(title.substring(0, 1).toUpperCase(Locale.ROOT) + title.substring(1));
    }

    static boolean isGeneric(String name) {
        var words = Words.singulars(name);
        return UNNAMED.contains(String.join(" ", words))
                || words.stream()
                        .allMatch(word -> GENERIC.contains(word) || word.chars().allMatch(Character::isDigit));
    }

    private static boolean isShortName(String text) {
        var words = Words.plain(text);
        return !words.isEmpty()
                && words.size() <= 3
                && Character.isUpperCase(text.strip().charAt(0))
                && !isGeneric(text)
                && text.indexOf(',') < 0
                && text.indexOf(':') < 0;
    }

    /** "Example: The Banking App" is about the banking app. */
    private static String afterKind(String name) {
        int colon = name.indexOf(':');
        if (colon < 0) return name;
        var before = name.substring(0, colon).strip();
        boolean isKind =
                KINDS.contains(lower(before)) || ORDINAL.matcher(before).matches() || isGeneric(before);
        var after = name.substring(colon + 1).strip();
        return isKind || after.isEmpty() ? after.isEmpty() ? before : after : before;
    }

    /** "Tier 2 — Supervisor Agent" is about the supervisor agent. */
    private static String lastNamed(String name) {
        var parts = DASH.split(name, -1);
        for (int i = parts.length - 1; i >= 0; i--) {
            boolean named =
                    !isGeneric(parts[i]) && !ORDINAL.matcher(parts[i].strip()).matches();
            if (named && Words.plain(parts[i]).size() <= 6) return parts[i].strip();
        }
        return parts.length == 1 && !ORDINAL.matcher(name).matches() ? name : "";
    }

    /** Without the words "requirements", "features" and the like at either end. */
    private static String withoutOuterGeneric(String name) {
        var words = new ArrayList<>(List.of(name.strip().split("\\s+", -1)));
        while (words.size() > 1 && isDocumentWord(words.getLast())) words.removeLast();
        while (words.size() > 1 && isDocumentWord(words.getFirst())) words.removeFirst();
        while (words.size() > 1
                && (words.getLast().equals("&") || lower(words.getLast()).equals("and"))) words.removeLast();
        return String.join(" ", words);
    }

    private static boolean isDocumentWord(String word) {
        return DOCUMENT_WORDS.contains(lower(word));
    }

    private static String withoutArticle(String name) {
        return name.regionMatches(true, 0, "the ", 0, 4) ? name.substring(4) : name;
    }

    private static String lower(String text) {
        return Words.lower(text).strip();
    }
}
