package io.taskweaver.client.codemap;

import io.taskweaver.model.Language;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What other files can use, by the rules of each language.
 *
 * @param exports names that the file exports in a list
 * @param exportsListed whether the list is all that it exports
 */
record Visibility(Language language, Set<String> exports, boolean exportsListed) {
    private static final Pattern PUBLIC = Pattern.compile("\\bpublic\\b");
    private static final Pattern PRIVATE = Pattern.compile("\\bprivate\\b");
    private static final Pattern CLOSED = Pattern.compile("\\b(?:private|internal|protected)\\b");
    /** "pub" alone: what is only for the crate or a module of it is not for others. */
    private static final Pattern PUB = Pattern.compile("^\\s*pub\\s(?!\\s*\\()");

    /**
     * Whether a definition itself is open; whether what it stands in is, is another question.
     *
     * @param before the text of the definition before its name: modifiers and keywords
     */
    boolean isOpen(Definition definition, String before) {
        return switch (language) {
            case JAVA ->
                definition.within(Definition.Form.INTERFACE)
                        ? !PRIVATE.matcher(before).find()
                        : PUBLIC.matcher(before).find();
            case KOTLIN -> !CLOSED.matcher(before).find();
            case TYPESCRIPT, TSX, JAVASCRIPT -> script(definition, before);
            case PYTHON -> python(definition);
            case GO ->
                Character.isUpperCase(definition.name().codePointAt(0))
                        && (definition.receiver().isEmpty()
                                || Character.isUpperCase(definition.receiver().codePointAt(0)));
            case RUST ->
                definition.within(Definition.Form.INTERFACE)
                        || definition.withinTraitImplementation()
                        || before.startsWith("impl")
                        || PUB.matcher(before).find();
        };
    }

    private boolean script(Definition definition, String before) {
        if (definition.parent().isEmpty() || definition.form() == Definition.Form.ASSIGNED)
            return definition.exported() || exports.contains(definition.name());
        if (definition.within(Definition.Form.SCOPE)) return definition.exported();
        return !definition.name().startsWith("#")
                && !definition.name().startsWith("_")
                && !CLOSED.matcher(before).find();
    }

    private boolean python(Definition definition) {
        if (definition.parent().isEmpty() && exportsListed) return exports.contains(definition.name());
        return !definition.name().startsWith("_");
    }
}
