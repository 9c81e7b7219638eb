package io.taskweaver.code;

import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.ObjectChecker;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.jspecify.annotations.Nullable;

/**
 * Refuses trees that Git refuses: names such as {@code ..}, and {@code .git} in each form that some system takes for it. Old
 * repositories have odd persons and modes, and names that only some systems tell apart: these are taken.
 */
final class TreeChecker extends ObjectChecker {
    private static final ObjectChecker NAMES = new ObjectChecker().setSafeForMacOS(true);

    TreeChecker() {
        setAllowLeadingZeroFileMode(true);
        setAllowInvalidPersonIdent(true);
    }

    @Override
    public void checkTree(@Nullable AnyObjectId id, byte[] raw) throws CorruptObjectException {
        super.checkTree(id, raw);
        var entries = new CanonicalTreeParser();
        for (entries.reset(raw); !entries.eof(); entries.next()) {
            var name = new byte[entries.getNameLength()];
            entries.getName(name, 0);
            NAMES.checkPathSegment(name, 0, name.length);
        }
    }
}
