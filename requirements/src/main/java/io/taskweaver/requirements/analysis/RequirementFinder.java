package io.taskweaver.requirements.analysis;

import io.taskweaver.model.SourceSpan;
import io.taskweaver.model.effort.Effort;
import io.taskweaver.requirements.analysis.Findings.Note;
import io.taskweaver.requirements.analysis.Findings.Tier;
import io.taskweaver.requirements.document.Block;
import io.taskweaver.requirements.document.Block.Box;
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

/** Walks a document section by section and sorts its blocks by what they are: start reading at {@link #walk}. */
final class RequirementFinder {
    private static final int MOST_WORDS_IN_LABEL = 8;
    /** A question mark at the end, or at that of a first sentence with words about it behind. */
    private static final Pattern QUESTION = Pattern.compile("^[^.!?？؟;]+[?？؟](?:[\\s*_)]*$|\\s+[(（\\p{Lu}–—-])");

    /** "3a – ...", "3.1: ..." */
    private static final Pattern PART =
            Pattern.compile("([0-9]{1,3})(?:[a-z]|\\.[0-9]{1,2})\\s*(?:[–—:.)-]|\\s\\p{L})");

    private static final Pattern OPTION = Pattern.compile("`?--?\\p{L}");
    /** The name of a column, a field, a file or a function, and nothing about it. */
    private static final Pattern NAME = Pattern.compile("(?:`[^`\\s]+`|[\\p{L}_][\\p{L}\\p{N}_.]*\\(\\))[.,;]?");
    /** "`/help/start` — first steps". */
    private static final Pattern PAGE = Pattern.compile("`?(/[\\p{L}\\p{N}/_{}:.\\[\\]-]*)`?(?=$|[\\s,–—:-])");

    private static final Pattern DESCRIBED = Pattern.compile("[^–—:-]{0,80}\\s[–—:-]\\s+\\S");

    /** What happens one after the other: "order → payment → delivery". */
    private static final Pattern FLOW = Pattern.compile("(?:→|⇒|->|=>)[^→⇒>]+(?:→|⇒|->|=>)");

    private static final int DEEPEST = 6;
    /** The level of headings right below the title of a document. */
    private static final int CHAPTER = 2;

    private static final Set<String> COMPONENT_LISTS = Set.copyOf(Words.phrases("""
        system components, components, modules, services, main components, key components, subsystems,
        architecture components, microservices
        """));
    private static final Set<String> ENTITY_LISTS = Set.copyOf(Words.phrases("""
        entities, key entities, core entities, main entities, data entities, domain entities, domain objects,
        domain model, data model, data models
        """));

    final Ids ids;
    final Findings findings = new Findings();
    private final StoryReader stories = new StoryReader(this);
    private final TableReader tables = new TableReader(this);
    private final ParagraphReader paragraphs = new ParagraphReader(this);
    private final Deltas deltas = new Deltas(this);

    private final boolean isFirstVersion;

    RequirementFinder(Section root) {
        ids = new Ids(root);
        isFirstVersion = Headings.isOfFirstVersion(root);
    }

    /** Finds everything in a document. */
    void walk(Section root) {
        blocks(root.blocks(), Scope.DOCUMENT, "");
        boolean hasTitle = root.sections().size() == 1;
        for (var section : root.sections()) {
            boolean isTitle =
                    hasTitle && ids.leading(StoryReader.heading(section)).isEmpty();
            if (isTitle) inside(section, Scope.DOCUMENT.intoTitle(section));
            else section(section, Scope.DOCUMENT);
        }
        findings.settleIntroductions();
    }

    void section(Section section, Scope outer) {
        section(section, outer, false);
    }

    /** Reads a section; whether it stands among user stories makes sentences about what its heading names ask for that. */
    private void section(Section section, Scope outer, boolean isAmongStories) {
        if (deltas.read(section, outer)) return;
        boolean isNumbered = stories.idOf(section).isPresent();
        var scope = isNumbered ? outer.intoRequirement(section) : outer.into(section);
        if (isFirstVersion && Headings.isLaterVersion(section.heading().text())) scope = scope.as(Role.BOUNDARY);
        if (scope.role() == Role.REFERENCE && outer.role() != Role.REFERENCE && saysWhatRolesDo(section))
            scope = scope.as(Role.FEATURE);
        boolean isGroup =
                !isNumbered && Progress.ofGroup(section.heading().text()).isPresent();
        if (!isGroup && stories.accepts(section, scope)) {
            stories.read(section, outer, scope);
            return;
        }
        int asked = findings.asked();
        int before = findings.statements();
        inside(section, scope);
        boolean isSilent = findings.statements() == before || (findings.asked() == asked && begins(section));
        if (isGroup || !isSilent || !isDescribed(section)) return;
        if (isAmongStories || outer.role() == Role.FEATURE || outer.role() == Role.REQUIREMENT)
            stories.read(section, outer, scope);
        else if (scope.role() == Role.NEUTRAL && findings.statements() == before) findings.onlyDescribed.add(section);
    }

    /** "Roles", with what each can do as a list below its name: what is asked for, by who does it. */
    private static boolean saysWhatRolesDo(Section section) {
        if (!Lexicon.is(
                "heading.roles", Headings.withoutNumber(section.heading().text()))) return false;
        int roles = 0;
        var blocks = section.blocks();
        for (int i = 1; i < blocks.size(); i++) {
            boolean isRole = isLabelLine(blocks.get(i - 1));
            if (isRole
                    && blocks.get(i) instanceof Block.Items items
                    && items.items().size() > 1) roles++;
        }
        return roles > 1;
    }

    private static boolean isLabelLine(Block block) {
        return isBoldLine(block)
                || block instanceof Block.Paragraph paragraph
                        && paragraph.lines().size() == 1
                        && paragraph.joined().text().strip().endsWith(":");
    }

    /** Whether a section begins with sentences that forbid nothing; what it forbids then is about what they describe. */
    private static boolean begins(Section section) {
        return !section.blocks().isEmpty()
                && section.blocks().getFirst() instanceof Block.Paragraph first
                && StoryReader.describes(first)
                && !Modality.forbids(first.joined().text());
    }

    /** Whether a heading names something that text without a demand of its own describes. */
    private static boolean isDescribed(Section section) {
        return section.sections().isEmpty()
                && Role.of(section.heading().text()) == Role.NEUTRAL
                && section.blocks().stream().anyMatch(StoryReader::describes);
    }

    void inside(Section section, Scope scope) {
        blocks(section.blocks(), scope, section.heading().text());
        boolean areStories = areStories(section, scope);
        for (var inner : section.sections()) section(inner, scope, areStories);
    }

    /** Whether of the sections of a chapter at least two, and at least half, are user stories. */
    private boolean areStories(Section chapter, Scope scope) {
        if (chapter.level() < CHAPTER || scope.role() != Role.NEUTRAL) return false;
        long told = chapter.sections().stream()
                .filter(inner -> stories.accepts(inner, scope.into(inner)))
                .count();
        return told > 1 && 2 * told >= chapter.sections().size();
    }

    /** Sorts the blocks of a section; a line of its own that ends with a colon is a label for what follows it. */
    private void blocks(List<Block> written, Scope section, String heading) {
        boolean asks = section.role() == Role.FEATURE || section.role() == Role.REQUIREMENT;
        var blocks = asks ? LedParagraphs.asItems(written) : written;
        var scope = section;
        var label = heading;
        boolean introduced = false;
        for (int i = 0; i < blocks.size(); i++) {
            var block = blocks.get(i);
            Effort.step();
            if (isHeadingWithId(block)) {
                int end = i + 1;
                while (end < blocks.size() && !isBoldLine(blocks.get(end))) end++;
                var paragraph = (Block.Paragraph) block;
                var below = blocks.subList(i + 1, end);
                section(new Section(DEEPEST, paragraph.joined(), paragraph.at(), below, List.of()), section);
                i = end - 1;
                continue;
            }
            findings.pass(block.at(), IgnoredLines.over(block, scope, label));
            switch (block) {
                case Block.Paragraph paragraph -> {
                    boolean demands = section.role() == Role.CONSTRAINT
                            && Modality.demands(paragraph.joined().text());
                    var named = demands ? Optional.<String>empty() : labelOf(paragraph);
                    scope = named.map(found -> below(section, found)).orElse(section);
                    label = named.orElse(heading);
                    introduced = named.isEmpty() && section.role() == Role.CONSTRAINT;
                    if (named.isEmpty() && isAboveBoxes(blocks, i))
                        findings.pass(paragraph.at(), IgnoredLines.INTRODUCTION);
                    else if (named.isEmpty()) paragraphs.read(paragraph, scope);
                    else findings.pass(paragraph.at(), IgnoredLines.LABEL);
                }
                case Block.Items items -> items(items, scope, label);
                case Block.Table table -> tables.read(table, scope);
                case Block.Code code -> {
                    if (introduced && code.text().length() < 400) amendConstraint(code);
                }
                case Block.Quote quote -> {}
                case Block.Other other -> scope = section;
            }
        }
    }

    /** Whether a paragraph says what the boxes right below it are about: it does not begin with a demand. */
    private boolean isAboveBoxes(List<Block> blocks, int at) {
        if (at + 1 >= blocks.size() || !(blocks.get(at + 1) instanceof Block.Items items)) return false;
        var paragraph = (Block.Paragraph) blocks.get(at);
        return items.items().stream().allMatch(item -> item.box() != Box.NONE)
                && !Lexicon.mentions(
                        "modal.demand", Titles.firstSentence(paragraph.joined().text()))
                && RunningText.lines(paragraph).stream()
                        .allMatch(line -> ids.leading(line.phrase().text()).isEmpty());
    }

    /** Whether a paragraph is in the place of a heading: a line in bold that begins with an id. */
    private boolean isHeadingWithId(Block block) {
        return isBoldLine(block)
                && ids.leading(((Block.Paragraph) block).joined().text()).isPresent();
    }

    private static boolean isBoldLine(Block block) {
        return block instanceof Block.Paragraph paragraph
                && paragraph.lines().size() == 1
                && paragraph.lines().getFirst().isBold();
    }

    /** A label says what follows it, not what the document is about. */
    private static Scope below(Scope section, String label) {
        var group = Progress.ofGroup(label);
        if (group.isPresent()) return section.labelled(label, Role.FEATURE).saying(group.get());
        var marked = Progress.marked(label);
        var role = Role.of(marked.text());
        var scope = section.labelled(
                marked.text(), role == Role.REQUIREMENT && section.role() == Role.NEUTRAL ? Role.FEATURE : role);
        return marked.stated().isEmpty() ? scope : scope.saying(marked.stated().get());
    }

    /** A command or value in a fence belongs to the constraint that introduces it. */
    private void amendConstraint(Block.Code code) {
        if (findings.constraints.isEmpty()) return;
        var last = findings.constraints.removeLast();
        var at = new SourceSpan(
                last.at().path(), last.at().firstLine(), code.at().lastLine());
        findings.constraint(last.text() + " `" + code.text().strip().replace('\n', ' ') + "`", at);
    }

    /** The words of a paragraph that is but a label: bold as a whole, or short and ending with a colon. */
    private Optional<String> labelOf(Block.Paragraph paragraph) {
        if (paragraph.lines().size() != 1) return Optional.empty();
        var line = paragraph.lines().getFirst();
        var text = line.text().strip();
        boolean ends = text.endsWith(":") && Words.plain(text).size() <= MOST_WORDS_IN_LABEL;
        boolean isLabel = (ends || (line.isBold() && Words.plain(text).size() <= MOST_WORDS_IN_LABEL + 4));
        return isLabel && ids.leading(text).isEmpty() ? Optional.of(text.replace(":", "")) : Optional.empty();
    }

    /**
     * Notes what is said of a statement where it is not stated.
     *
     * @param listed whether all that is said names what it needs
     */
    void mention(String id, String said, boolean listed, SourceSpan at) {
        var needs = listed ? Dependences.listed(said, at).stream().toList() : Dependences.in(said, at);
        findings.mentions.add(
                new Findings.Mention(id, needs, Progress.marked(said).stated(), Optional.empty(), at));
        findings.pass(at, IgnoredLines.MENTIONED);
    }

    void mention(String id, Optional<Progress> progress, Optional<Importance> importance, SourceSpan at) {
        findings.mentions.add(new Findings.Mention(id, List.of(), progress, importance, at));
        findings.pass(at, IgnoredLines.MENTIONED);
    }

    /** Sorts the items of a list. */
    void items(Block.Items items, Scope scope, String label) {
        int list = findings.nextList();
        if (scope.role() == Role.PROHIBITION) {
            prohibitions(items, label);
            return;
        }
        if (scope.role() == Role.ORDER) {
            for (var item : items.items()) order(item, list, scope);
            return;
        }
        if (scope.role() == Role.REFERENCE && Glossary.isGlossary(label))
            items.items().forEach(item -> Glossary.of(item.phrase()).ifPresent(findings.terms::add));
        if (scope.role().asks() && scope.progress().isEmpty() && isReleaseNote(items)) {
            items(items, scope.saying(Progress.DONE), label);
            return;
        }
        boolean names = scope.role() != Role.REFERENCE
                && scope.role() != Role.BOUNDARY
                && items.items().stream()
                        .allMatch(item -> item.box() == Box.NONE
                                && ids.leading(item.phrase().text()).isEmpty());
        if (names && ENTITY_LISTS.contains(Words.normalised(Headings.bare(label)))) {
            listEntities(items);
            return;
        }
        if (names && isComponentList(label)) listComponents(items, scope);
        boolean asksInPassing = scope.role() == Role.CONTEXT && names && areEndpoints(items);
        for (var item : items.items()) {
            boolean isSaid = asksInPassing
                    && findings.isSaid(scope.headings(), item.phrase().text());
            if (asksInPassing && !isSaid) requirement(item, list, scope, Optional.empty(), Tier.LISTED, false);
            else item(item, items.ordered() ? list : 0, scope);
        }
    }

    /** Whether all items of a list say what was done: "Added ...", "Fixed ...". */
    private static boolean isReleaseNote(Block.Items items) {
        return items.items().size() > 1
                && items.items().stream()
                        .allMatch(item -> item.box() == Box.NONE
                                && !Lexicon.opening("status.past", item.phrase().text())
                                        .isEmpty());
    }

    /** Whether most items of a list name an operation of an interface, as "POST /login" does. */
    private static boolean areEndpoints(Block.Items items) {
        long endpoints =
                items.items().stream().filter(RequirementFinder::isEndpoint).count();
        return endpoints > 0 && 2 * endpoints >= items.items().size();
    }

    /** Whether an item, or a line about it, names an operation. */
    private static boolean isEndpoint(Block.Item item) {
        return Titles.isEndpoint(item.phrase().text())
                || item.blocks().stream()
                        .anyMatch(block -> block instanceof Block.Paragraph text
                                && Titles.isEndpoint(text.joined().text()));
    }

    /** An item of a list of what needs what: of something that has an id, of a step, or of a part of the product. */
    private void order(Block.Item item, int list, Scope scope) {
        var text = item.phrase().text();
        findings.pass(item.at(), IgnoredLines.over(new Block.Items(false, List.of(item), item.at()), scope, ""));
        var found = ids.leading(text);
        if (found.isPresent()) {
            mention(found.get().id(), ordered(item, found.get()), false, item.at());
            return;
        }
        var words = new ArrayList<>(List.of(text));
        for (var block : item.blocks())
            if (block instanceof Block.Items inner)
                inner.items().forEach(each -> words.add(each.phrase().text()));
        var name = text.replaceAll("\\s*\\([^()]*\\)", "").replaceAll("[.:]+$", "");
        var draft = new Draft(scope.as(Role.STEPS), item.at()).headed(item.phrase(), item.ownSpan());
        if (draft.isEmpty()) return;
        var step = new Findings.Candidate(Tier.STEP, false, Role.STEPS, draft.requirement(), draft.traces());
        findings.orders.add(new Orders.Entry(list, item.number(), name, words, step, item.at()));
    }

    /** "Couriers cannot:" and what they cannot do, as sentences. */
    private void prohibitions(Block.Items items, String label) {
        var begin = label.replace(":", "").strip();
        for (var item : items.items()) {
            var text = withChildren(item.phrase().text(), item.blocks());
            findings.constraint(begin.isEmpty() ? text : begin + " " + text, item.at());
        }
    }

    /** What data means binds everything that touches it. */
    private void listEntities(Block.Items items) {
        findings.entities.addAll(ComponentLists.named(items));
        for (var item : items.items())
            findings.constraint(withChildren(item.phrase().text(), item.blocks()), item.at());
    }

    static boolean isComponentList(String heading) {
        return COMPONENT_LISTS.contains(Words.normalised(Headings.withoutNumber(heading)));
    }

    /** Parts listed in a section about one part are other names for it. */
    private void listComponents(Block.Items items, Scope scope) {
        var named = ComponentLists.named(items);
        for (var item : items.items())
            ComponentLists.named(item.phrase())
                    .ifPresent(part -> findings.named.add(new Note(item.ownSpan(), part.name())));
        if (scope.component().isEmpty()) findings.components.addAll(named);
        else {
            var owner = scope.component().get();
            var aliases = new ArrayList<>(owner.aliases());
            named.forEach(part -> aliases.add(part.name()));
            findings.components.add(new Component(owner.name(), owner.description(), aliases));
        }
    }

    private void item(Block.Item item, int list, Scope scope) {
        Effort.step();
        var phrase = item.phrase();
        if (phrase.struck() || isStruck(phrase)) {
            findings.pass(item.at(), IgnoredLines.STRUCK);
            return;
        }
        var role = scope.role();
        boolean isBareLabel = item.box() == Box.NONE
                && phrase.text().strip().endsWith(":")
                && item.blocks().stream().noneMatch(Block.Items.class::isInstance);
        if (isBareLabel) {
            findings.pass(item.at(), IgnoredLines.LABEL);
            return;
        }
        var found = role == Role.REFERENCE || role == Role.BOUNDARY || role == Role.CRITERIA
                ? Optional.<Ids.Found>empty()
                : ids.leading(phrase.text());
        boolean boxed =
                item.box() != Box.NONE && role != Role.REFERENCE && role != Role.BOUNDARY && role != Role.CRITERIA;
        if (found.isEmpty() && (boxed ? isGroupOfBoxes(item) : isGroup(item))) {
            findings.pass(item.ownSpan(), IgnoredLines.LABEL);
            group(item, scope);
            return;
        }
        if (found.isEmpty() && !boxed && role == Role.NEUTRAL) {
            boolean isName = NAME.matcher(phrase.text().strip()).matches();
            if (isName || isFlow(phrase)) {
                findings.pass(item.at(), isName ? IgnoredLines.NAME : IgnoredLines.FLOW);
                return;
            }
        }
        if (found.isEmpty() && !boxed && role.asks() && isQuestion(phrase)) {
            findings.question(phrase.text(), item.at());
            return;
        }
        var labelled = found.isEmpty() && !boxed ? Role.of(phrase.label()) : Role.NEUTRAL;
        boolean isOut = labelled == Role.BOUNDARY || isDropped(phrase);
        if (isOut && role != Role.REFERENCE && role != Role.ORDER) {
            boundary(phrase, item.blocks(), scope.as(Role.BOUNDARY), item.at());
            return;
        }
        boolean forbids = found.isEmpty() && !boxed && role.asks() && Modality.forbids(phrase.text());
        if (forbids) {
            findings.constraint(withChildren(phrase.text(), item.blocks()), item.at());
            return;
        }
        switch (role) {
            case BOUNDARY -> boundary(phrase, item.blocks(), scope, item.at());
            case REFERENCE, PROHIBITION -> {}
            case ORDER -> order(item, list, scope);
            case CONSTRAINT, CRITERIA -> {
                if (found.isPresent() || boxed) requirement(item, list, scope, found, tierOf(found, Tier.STATED), true);
                else {
                    findings.constraint(withChildren(phrase.text(), item.blocks()), item.at());
                    requirement(item, list, scope, found, Tier.BINDING, true);
                }
            }
            case CONTEXT -> {
                if (found.isPresent() || boxed)
                    requirement(item, list, scope, found, tierOf(found, Tier.STATED), false);
                else nested(item, scope);
            }
            case NEUTRAL, REQUIREMENT, STEPS, FEATURE -> {
                var tier = boxed ? Tier.STATED : tier(scope);
                requirement(item, list, scope, found, tierOf(found, tier), false);
            }
        }
    }

    /** Whether an item shows how something works rather than asking for it. */
    private static boolean isFlow(Phrase phrase) {
        return FLOW.matcher(phrase.text()).find() && !Modality.demands(phrase.text());
    }

    /** Whether a text asks for an answer. */
    static boolean isQuestion(String text) {
        return QUESTION.matcher(text).find();
    }

    /** "Question: ...", or a sentence that asks for an answer rather than for work. */
    private static boolean isQuestion(Phrase phrase) {
        var text = phrase.text().strip();
        return isQuestion(text) || Lexicon.is("label.question", phrase.label());
    }

    /** Where all that is left of it says that it is over. */
    private static boolean isStruck(Phrase phrase) {
        var marked = Progress.marked(phrase.text());
        if (Progress.isOnly(phrase.text())) return true;
        return marked.stated().isPresent()
                && (marked.text().isBlank()
                        || Progress.of(marked.text().split("[:：]", 2)[0])
                                .filter(Progress.DONE::equals)
                                .isPresent());
    }

    /** "Chat: won't do in this release". */
    private static boolean isDropped(Phrase phrase) {
        if (phrase.label().isEmpty()) return false;
        return Progress.of(phrase.afterLabel()).filter(Progress::isDropped).isPresent();
    }

    private static String ordered(Block.Item item, Ids.Found found) {
        var below = item.blocks().stream()
                .filter(Block.Items.class::isInstance)
                .flatMap(block -> ((Block.Items) block).items().stream())
                .map(inner -> inner.phrase().text())
                .collect(Collectors.joining("; "));
        return item.phrase().text().substring(found.end()) + (below.isEmpty() ? "" : "; " + below);
    }

    private static Tier tierOf(Optional<Ids.Found> found, Tier otherwise) {
        return found.isPresent() ? Tier.NUMBERED : otherwise;
    }

    /** Lists of components, ids and boxes count below an item that itself does not. */
    private void nested(Block.Item item, Scope scope) {
        for (var block : item.blocks())
            if (block instanceof Block.Items inner)
                items(inner, scope, item.phrase().label());
    }

    /** Whether an item only says what the items below it are. */
    private boolean isGroup(Block.Item item) {
        boolean hasItems = item.blocks().stream().anyMatch(Block.Items.class::isInstance);
        if (!hasItems || item.phrase().isBlank()) return false;
        if (item.blocks().stream().anyMatch(this::definesIds) || isTakenApart(item)) return true;
        var text = item.phrase().text().strip();
        boolean short_ = Words.plain(text).size() <= 5;
        return short_
                && (text.endsWith(":") || item.phrase().isBold())
                && !StoryReader.isOfAspects(item)
                && !isAbovePages(item);
    }

    /** Whether the items below an item have numbers of their own that extend its number: 3a and 3b below 3. */
    private static boolean isTakenApart(Block.Item item) {
        var below = below(item);
        var number = Integer.toString(item.number());
        return below.size() > 1
                && below.stream().allMatch(each -> {
                    var numbered = PART.matcher(each.phrase().text());
                    return numbered.lookingAt() && numbered.group(1).equals(number);
                });
    }

    private static List<Block.Item> below(Block.Item item) {
        return item.blocks().stream()
                .filter(Block.Items.class::isInstance)
                .flatMap(block -> ((Block.Items) block).items().stream())
                .toList();
    }

    /** Whether what can be ticked off only names the boxes below it: "- [ ] Improve the tests:" with several below. */
    private static boolean isGroupOfBoxes(Block.Item item) {
        var text = item.phrase().text().strip();
        boolean names = item.box() == Box.OPEN
                && (text.endsWith(":") || text.endsWith("："))
                && !Modality.demands(text)
                && Progress.marked(text).stated().isEmpty();
        if (!names) return false;
        var boxes = below(item).stream()
                .filter(below -> below.box() != Box.NONE)
                .map(below -> below.phrase().text())
                .toList();
        // Options of a command are parts of one thing.
        return boxes.size() > 1
                && !boxes.stream().allMatch(box -> OPTION.matcher(box).lookingAt());
    }

    private boolean definesIds(Block block) {
        return block instanceof Block.Items items
                && items.items().stream()
                        .anyMatch(item -> ids.leading(item.phrase().text()).isPresent());
    }

    private void group(Block.Item item, Scope scope) {
        var label = item.phrase().text().replace(":", "").strip();
        // What can be ticked off is asked for, whatever its words.
        var inner = item.box() == Box.NONE ? below(scope, label) : scope.labelled(label, Role.NEUTRAL);
        for (var block : item.blocks()) if (block instanceof Block.Items items) items(items, inner, label);
    }

    /** A requirement out of an item, and those out of items with ids of their own below it. */
    private void requirement(
            Block.Item item, int list, Scope scope, Optional<Ids.Found> found, Tier tier, boolean quality) {
        var draft = draft(scope, isAbovePages(item) ? item.ownSpan() : item.at(), item.ownSpan(), item.phrase(), found);
        draft.boxed = item.box() != Box.NONE;
        if (item.box() == Box.TICKED) draft.say(Progress.DONE);
        draft.quality |= quality;
        draft.list = list;
        draft.number = item.number();
        var apart = new ArrayList<Block.Item>();
        draft.absorb(item.blocks(), child -> {
            boolean own = ids.leading(child.phrase().text()).isPresent() || isPageBelow(child, item);
            if (own) apart.add(child);
            return own;
        });
        if (item.box() == Box.NONE) draft.inherit(scope.progress());
        findings.candidate(tier, draft);
        for (var child : apart) item(child, 0, scope);
    }

    /** Whether a text says what is on a page: "`/help` — first steps". */
    static boolean describesPage(String text) {
        var page = PAGE.matcher(text);
        return page.lookingAt() && DESCRIBED.matcher(text.substring(page.end())).lookingAt();
    }

    private static boolean isAbovePages(Block.Item item) {
        var below = below(item);
        return !below.isEmpty() && below.stream().allMatch(child -> isPageBelow(child, item));
    }

    /** Whether an item is about a page, and the item above about the one that its path begins with. */
    private static boolean isPageBelow(Block.Item item, Block.Item above) {
        var page = PAGE.matcher(item.phrase().text());
        var outer = PAGE.matcher(above.phrase().text());
        return page.lookingAt()
                && outer.lookingAt()
                && page.group(1).startsWith(outer.group(1).equals("/") ? "/" : outer.group(1) + "/");
    }

    /** A draft that begins with a phrase, its id taken off. */
    Draft draft(Scope scope, SourceSpan at, SourceSpan statedAt, Phrase phrase, Optional<Ids.Found> found) {
        var draft = new Draft(scope, at);
        draft.quality = scope.role() == Role.CONSTRAINT || scope.measures();
        if (found.isEmpty()) return draft.headed(phrase, statedAt);
        var id = found.get().id();
        draft.id = Optional.of(id);
        draft.quality |= isQuality(id);
        int end = Math.min(found.get().end(), phrase.text().length());
        var rest = phrase.text().substring(end);
        int boldLeft = phrase.lead().length() - end;
        var lead = boldLeft > 0 ? rest.substring(0, boldLeft) : "";
        return draft.headed(new Phrase(rest, lead, false), statedAt);
    }

    static boolean isQuality(String id) {
        var kind = Ids.kindOf(id).toUpperCase(java.util.Locale.ROOT);
        return kind.equals("NFR")
                || kind.equals("NF")
                || kind.equals("RNF")
                || kind.equals("NFREQ")
                || kind.equals("QR")
                || kind.equals("QA")
                || kind.equals("CON");
    }

    Tier tier(Scope scope) {
        return switch (scope.role()) {
            case REQUIREMENT -> Tier.STATED;
            case STEPS -> Tier.STEP;
            case NEUTRAL, FEATURE, CONTEXT -> Tier.LISTED;
            case CRITERIA, CONSTRAINT, PROHIBITION, BOUNDARY, ORDER, REFERENCE -> Tier.BINDING;
        };
    }

    void boundary(Phrase phrase, List<Block> children, Scope scope, SourceSpan at) {
        var label = phrase.label();
        boolean assumed = Words.plain(label).stream().anyMatch(word -> word.startsWith("assum"));
        if (scope.assumptionsOnly() && !assumed) return;
        boolean bare = assumed || (Words.plain(label).size() <= 1 && Role.of(label) == Role.BOUNDARY);
        var text = bare && !phrase.afterLabel().isBlank() ? phrase.afterLabel() : phrase.text();
        if (!text.strip().endsWith(":") || !children.isEmpty()) findings.boundary(withChildren(text, children), at);
    }

    private static String withChildren(String text, List<Block> children) {
        var below = children.stream()
                .filter(Block.Items.class::isInstance)
                .flatMap(block -> ((Block.Items) block).items().stream())
                .map(item -> item.phrase().text())
                .collect(Collectors.joining("; "));
        if (below.isEmpty()) return text;
        return text.strip().endsWith(":") ? text.strip() + " " + below : text + ": " + below;
    }
}
