package ai.kubiya.runner.template.script;

/** The few characters that mean nothing in any language we know when they stand inside its quotes. */
final class Plain {
    private Plain() {}

    static boolean is(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isNameCharacter(c) && "./:@%+,=-".indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    static boolean isNameCharacter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    }

    static boolean isInteger(String text) {
        int digits = text.startsWith("-") ? text.length() - 1 : text.length();
        if (digits == 0 || digits > 18) {
            return false;
        }
        for (int i = text.length() - digits; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    /** A NUL byte ends a string early in some programs and not in others, so it stands nowhere. */
    static void refuseNul(String text) throws Refused {
        if (text.indexOf('\0') >= 0) {
            throw new Refused("a value with a NUL character cannot be put into a script");
        }
    }
}
