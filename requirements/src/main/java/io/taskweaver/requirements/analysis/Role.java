package io.taskweaver.requirements.analysis;

import io.taskweaver.requirements.text.Words;
import java.util.List;
import java.util.Set;

/**
 * What a heading or label says about the text below it. Keywords decide where there are any; structure carries
 * documents in other languages, whose headings stay {@link #NEUTRAL}.
 */
enum Role {
    /** Nothing known. */
    NEUTRAL,
    /** What is asked for. */
    REQUIREMENT,
    /** Steps of a roadmap, a chain of dependencies. */
    STEPS,
    /** A description of features. */
    FEATURE,
    /** What has to hold when something else is done. */
    CRITERIA,
    /** What binds everything. */
    CONSTRAINT,
    /** What is not to be done, and what is taken for granted. */
    BOUNDARY,
    /** Explanation: ids and boxes in it count, other text does not. */
    CONTEXT,
    /** Glossary, references, risks, history: nothing in it is asked for. */
    REFERENCE;

    private static final List<String> BOUNDARY_WORDS = phrases("""
        non goals, non goal, nongoals, out of scope, not in scope, decided against, assumptions, assumption,
        future enhancements, future enhancement, future work, future considerations, future improvements,
        future features, future scope, exclusions, excluded, will not, won t, wont have, clarification,
        clarifications, don t build, deferred, nichtziele, annahmen, fuera de alcance, hors périmètre
        """);
    private static final List<String> CRITERIA_WORDS = phrases("""
        acceptance criteria, acceptance criterion, acceptance scenarios, acceptance tests, acceptance test,
        definition of done, akzeptanzkriterien, 验收标准, 受け入れ基準, 受入基準
        """);
    private static final List<String> REFERENCE_WORDS = phrases("""
        glossary, acronyms, abbreviations, references, bibliography, appendix, appendices, revision history,
        version history, change log, changelog, table of contents, document information, document control,
        document history, risks, risk register, risk mitigation, open questions, user persona, user personas,
        user classes, target users, target audience, stakeholders, competitive, competitors, sign off, traceability,
        glossar, glosario, glossaire, 用語, 术语, 用語集
        """);
    private static final Set<String> REFERENCE_HEADINGS = Words.set("""
        definitions contents license licence risk questions faq approval approvals persona personas positioning
        checklist comparison history
        """);
    /** Endings of words in languages that put no blanks between them. */
    private static final List<String> UNSPACED_REFERENCE = List.of("チェックリスト", "检查清单", "检查表", "用語集", "术语表", "参考文献");

    private static final List<String> CONSTRAINT_WORDS = phrases("""
        non functional, nonfunctional, constraint, constraints, quality gates, quality gate, quality attributes,
        quality requirements, performance requirements, technology decisions, tech stack, technology stack,
        operating environment, regulatory, legal, coding standards, code style, conventions, randbedingungen,
        restricciones, contraintes, 制約, 约束
        """);
    private static final Set<String> STEP_WORDS = Set.of(
            "roadmap", "milestone", "milestones", "phase", "phases", "chain", "plan", "sprint", "sprints", "mvp");
    private static final Set<String> STEP_OPENINGS = Set.of("phase", "milestone", "sprint", "iteration");
    private static final List<String> REQUIREMENT_WORDS = phrases("""
        requirement, requirements, user story, user stories, use case, use cases, anforderungen, anforderung,
        exigences, requisitos, requisiti, требования, 要件, 需求, 要求, 要求事項, 機能要件, 功能需求
        """);
    private static final Set<String> BARE_REQUIREMENT_WORDS = Words.set("""
        story stories functionality functionalities task tasks todo todos do backlog epics
        """);
    private static final Set<String> FEATURE_WORDS =
            Set.of("feature", "features", "capability", "capabilities", "functions", "funktionen", "機能", "功能");
    private static final Set<String> CONTEXT_HEADINGS = Set.copyOf(Words.phrases("""
        overview, introduction, intro, purpose, scope, background, problem, problem statement, motivation, goals,
        goals and objectives, objective, objectives, vision, summary, executive summary, abstract, user experience,
        technical architecture, architecture, high level architecture, system architecture, architecture overview,
        technical considerations, design considerations, considerations, success metrics, metrics, kpis,
        success criteria, measurable outcomes, example, examples, core principles, principles, design principles,
        design philosophy, philosophy, data flow examples, data flow, notes, note, about, description,
        overall description, project description, product description, product perspective, product functions,
        product overview, system overview, project overview, key entities, entry criteria, exit criteria, delivers,
        goal, edge cases, test strategy, testing strategy, system components, components, data model, data models,
        libraries, apis, technical details, implementation notes, project structure, repository structure,
        directory structure, file structure, prerequisites, getting started, installation, usage, context, status,
        timeline, team, budget, target market, market, business case, structure, rationale, why, resources, links,
        einleitung, überblick, introducción, resumen, はじめに, 概要, 背景, 引言, 简介, 概述
        """));
    private static final List<String> CONTEXT_OPENINGS =
            phrases("how, why, tips, recommended, about, existing code, key files, what the user sees");

    /** What a heading or label says by itself. */
    static Role of(String heading) {
        var words = Words.plain(Headings.withoutNumber(heading));
        if (words.isEmpty()) return NEUTRAL;
        var text = " " + String.join(" ", words) + " ";
        var whole = text.strip();
        if (containsAny(text, BOUNDARY_WORDS) || (whole.startsWith("what ") && text.contains(" don t ")))
            return BOUNDARY;
        if (containsAny(text, CRITERIA_WORDS) || whole.equals("acceptance") || whole.startsWith("scenario"))
            return CRITERIA;
        if (containsAny(text, REFERENCE_WORDS) || REFERENCE_HEADINGS.contains(whole)) return REFERENCE;
        if (whole.startsWith("definitions ") || whole.endsWith(" checklist") || containsAny(whole, UNSPACED_REFERENCE))
            return REFERENCE;
        if (containsAny(text, CONSTRAINT_WORDS)) return CONSTRAINT;
        if (CONTEXT_HEADINGS.contains(whole)) return CONTEXT;
        for (var opening : CONTEXT_OPENINGS) if (text.startsWith(opening)) return CONTEXT;
        boolean isOrdinal = words.size() > 1
                && STEP_OPENINGS.contains(words.getFirst())
                && Character.isDigit(words.get(1).charAt(0));
        boolean generic = Headings.isGeneric(whole);
        if (isOrdinal || (generic && words.stream().anyMatch(STEP_WORDS::contains))) return STEPS;
        if (containsAny(text, REQUIREMENT_WORDS)) return REQUIREMENT;
        if (generic && words.stream().anyMatch(BARE_REQUIREMENT_WORDS::contains)) return REQUIREMENT;
        if (words.stream().allMatch(word -> FEATURE_WORDS.contains(word) || Headings.isGeneric(word))
                && words.stream().anyMatch(FEATURE_WORDS::contains)) return FEATURE;
        return NEUTRAL;
    }

    /** What a heading of this role says below one of the given role: the outer one wins where it is the stricter. */
    Role below(Role outer) {
        if (this == NEUTRAL) return outer == CRITERIA ? NEUTRAL : outer;
        return switch (outer) {
            case BOUNDARY, REFERENCE -> outer;
            case CONSTRAINT -> this == BOUNDARY || this == REFERENCE ? this : outer;
            case REQUIREMENT, FEATURE -> this == CONTEXT || this == FEATURE ? outer : this;
            case STEPS -> this == REQUIREMENT || this == FEATURE || this == CONTEXT ? outer : this;
            case NEUTRAL, CRITERIA, CONTEXT -> this;
        };
    }

    /** Whether text below states what is asked for. */
    boolean asks() {
        return switch (this) {
            case NEUTRAL, REQUIREMENT, STEPS, FEATURE -> true;
            case CRITERIA, CONSTRAINT, BOUNDARY, CONTEXT, REFERENCE -> false;
        };
    }

    private static boolean containsAny(String padded, List<String> phrases) {
        for (var phrase : phrases) if (padded.contains(phrase)) return true;
        return false;
    }

    private static List<String> phrases(String list) {
        return Words.phrases(list).stream().map(phrase -> " " + phrase + " ").toList();
    }
}
