package io.taskweaver.domain.query;

/** What a query says about the form of its answer. */
final class AnswerFormat {
    static final String INSTRUCTIONS = """
            Your answer is read by a program. Give it in this form, whatever else you write around it:

            ````markdown
            ### Summary
            A few lines: what you did, and what a reviewer should look at.

            ### File: path/from/the/root.txt
            ```
            the whole text of the file, not a part or a diff
            ```

            ### Delete: path/of/a/file/to/remove.txt
            ````

            - One `### File:` section for each file that you create or change, each file once and in whole. Files that
              you do not name stay as they are.
            - Where a file holds fences itself, put it into a longer fence.
            - Paths are relative to the root, separated by `/`, without `..`.
            - Answer with no more than 5 MiB.
            - If nothing has to be changed, answer with the summary alone and say why.
            """;

    private AnswerFormat() {}
}
