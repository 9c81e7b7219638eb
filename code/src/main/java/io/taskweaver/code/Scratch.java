package io.taskweaver.code;

import java.io.IOException;

/** A repository of ours for the time of one command: it reads the objects of others, and leaves them as they are. */
final class Scratch implements AutoCloseable {
    private final TemporaryFolder folder;
    private final CodeRepository code;

    private Scratch(TemporaryFolder folder, CodeRepository code) {
        this.folder = folder;
        this.code = code;
    }

    /** One that reads the objects of a plan, and of a user. */
    static Scratch of(CodeRepository line, UserRepository user) throws IOException {
        var scratch = open();
        user.lend(scratch.code, line.folder().resolve("objects"));
        return scratch;
    }

    /** One that reads the objects of a plan. */
    static Scratch of(CodeRepository line) throws IOException {
        var scratch = open();
        BorrowedObjects.borrow(
                scratch.code.folder(), line.folder().resolve("objects").toRealPath());
        return scratch;
    }

    private static Scratch open() throws IOException {
        var folder = TemporaryFolder.create("line");
        return new Scratch(folder, CodeRepository.open(folder.path().resolve("git")));
    }

    CodeRepository code() {
        return code;
    }

    @Override
    public void close() throws IOException {
        code.close();
        folder.close();
    }
}
