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
            checkName(name);
        }
    }

    /** Windows has other folders behind a backslash, streams of a file behind a colon, and no dots and blanks at the end. */
    private static void checkName(byte[] name) throws CorruptObjectException {
        NAMES.checkPathSegment(name, 0, name.length);
        int from = 0;
        for (int i = 0; i <= name.length; i++) {
            if (i < name.length && name[i] != '\\') continue;
            int end = from;
            while (end < i && name[end] != ':') end++;
            while (end > from && (name[end - 1] == '.' || name[end - 1] == ' ')) end--;
            if (end > from) NAMES.checkPathSegment(name, from, end);
            from = i + 1;
        }
    }
}
