package io.taskweaver.contracts;

/**
 * The operations of a component, their types and errors, in words: for projects in whose language no contract can be
 * written. It says the same as {@link InterfaceSource}, so that who implements and who calls agree.
 */
final class ContractText {
    private static final String TYPES = """

            ## Types

            - A request has `fields`: values by name, none of them missing.
            - A result has `accepted` (true or false), `fields` (values by name) and `problems` (a list of texts for people).
              Exactly a refusal has problems, at least one.
            - Fields go by the words of the requirement, in the singular and in lower camel case: a time of creation is
              `timeOfCreation`. A field that names a thing of its own is its id (`teamId`), a text; times are texts as ISO 8601
              has them, numbers are numbers, several values are a list.

            ## Errors

            - What a caller asks for wrongly is refused: the result is not accepted and names the problems. Nothing is thrown.
            - A call without a request is a mistake of the caller, and fails at once.

            ## Over HTTP

            Only where the component is reached over HTTP: each operation is a POST to its name with the request as JSON, and
            answers 200 with the result as JSON.
            """;

    private ContractText() {}

    static String of(ContractOutline outline) {
        var text = new StringBuilder("# ")
                .append(outline.name().isEmpty() ? outline.typeName() : outline.name())
                .append("\n\nVersion ")
                .append(outline.version())
                .append(" of the contract.\n");
        for (var paragraph : outline.description())
            text.append('\n').append(paragraph).append('\n');
        text.append("\n## Operations\n");
        if (outline.methods().isEmpty()) return text.append("\nNone yet.\n").toString();
        text.append(
                "\nEach takes one request and answers with one result. Names are spelled as the code base spells them.\n");
        for (var method : outline.methods()) {
            text.append("\n### ").append(method.name()).append("(request) -> result\n");
            for (var paragraph : method.description())
                text.append('\n').append(paragraph).append('\n');
        }
        return text.append(TYPES).toString();
    }
}
