package ai.kubiya.runner.template.script;

import ai.kubiya.runner.template.script.ShellFrame.Kind;

/** Words and operators: one step of {@link ShellLexer} where commands are read. */
final class ShellWords {
    private final ShellLexer lexer;
    private final ShellFrame frame;
    private final ShellCommand command;

    ShellWords(ShellLexer lexer, ShellFrame frame) {
        this.lexer = lexer;
        this.frame = frame;
        this.command = frame.command;
    }

    void step(char c) throws Refused {
        switch (c) {
            case '\\' -> {
                if (lexer.ahead(1) != '\n') {
                    command.quote();
                    if (!lexer.atEnd(1)) {
                        command.add(lexer.ahead(1));
                    }
                }
                lexer.escape();
            }
            case '\'' -> {
                command.quote();
                lexer.open(Kind.SINGLE_QUOTES, false, 1);
            }
            case '"' -> {
                command.quote();
                lexer.open(Kind.DOUBLE_QUOTES, false, 1);
            }
            case '$', '`' -> {
                command.quote();
                lexer.expansion(c, true);
            }
            case '#' -> {
                if (command.inWord()) {
                    word(c);
                } else {
                    lexer.open(Kind.COMMENT, false, 1);
                }
            }
            case ' ', '\t' -> {
                if (command.inSubscript()) {
                    command.add(c);
                } else {
                    command.endWord();
                }
                lexer.skip(1);
            }
            case '\n' -> newLine();
            case ';' -> semicolon();
            case '&' -> ampersand();
            case '|' -> {
                command.endWord();
                boolean or = lexer.ahead(1) == '|';
                if (!command.inCasePattern()) {
                    command.endCommand(!or);
                }
                lexer.skip(or || lexer.ahead(1) == '&' ? 2 : 1);
            }
            case '<' -> less();
            case '>' -> greater();
            case '(' -> openParenthesis();
            case ')' -> closeParenthesis();
            default -> word(c);
        }
    }

    private void word(char c) {
        command.add(c);
        lexer.skip(1);
    }

    private void newLine() throws Refused {
        command.endWord();
        if (lexer.awaitsDocument()) {
            if (lexer.top() != frame || command.array()) {
                lexer.doubt("a here-document starts in a place that is not followed", false);
            }
            lexer.skip(1);
            lexer.settleDocuments();
            lexer.beginDocument();
        } else {
            lexer.skip(1);
        }
        command.endCommand(false);
    }

    private void semicolon() throws Refused {
        command.endWord();
        command.endCommand(false);
        int length = 1;
        if (lexer.ahead(1) == ';') {
            length = lexer.ahead(2) == '&' ? 3 : 2;
        } else if (lexer.ahead(1) == '&') {
            length = 2;
        }
        if (length > 1) {
            command.endCaseBranch();
        }
        lexer.skip(length);
    }

    private void ampersand() throws Refused {
        command.endWord();
        if (lexer.ahead(1) == '>') {
            // bash's &>; elsewhere this is & and then a redirection, and a target follows all the same.
            command.expectTarget();
            lexer.skip(lexer.ahead(2) == '>' ? 3 : 2);
            return;
        }
        command.endCommand(false);
        lexer.skip(lexer.ahead(1) == '&' ? 2 : 1);
    }

    private void less() throws Refused {
        command.dropDescriptor();
        command.endWord();
        if (command.brackets()) {
            if (lexer.ahead(1) == '<') {
                // A mistake for bash; where [[ is a command like others, a here-document.
                lexer.doubt("shells differ on << between [[ and ]]", false);
            }
            lexer.skip(1);
        } else if (lexer.ahead(1) == '(') {
            command.quote();
            lexer.openCommand(false, 2);
        } else if (lexer.ahead(1) == '<' && lexer.ahead(2) == '<') {
            command.expectTarget();
            lexer.skip(3);
        } else if (lexer.ahead(1) == '<') {
            boolean stripsTabs = lexer.ahead(2) == '-';
            lexer.skip(stripsTabs ? 3 : 2);
            delimiter(stripsTabs);
        } else {
            command.expectTarget();
            lexer.skip(lexer.ahead(1) == '&' || lexer.ahead(1) == '>' ? 2 : 1);
        }
    }

    private void greater() throws Refused {
        command.dropDescriptor();
        command.endWord();
        if (command.brackets()) {
            lexer.skip(1);
        } else if (lexer.ahead(1) == '(') {
            command.quote();
            lexer.openCommand(false, 2);
        } else {
            command.expectTarget();
            char next = lexer.ahead(1);
            lexer.skip(next == '>' || next == '|' || next == '&' ? 2 : 1);
        }
    }

    /** The word after {@code <<}: where the document ends, and by its quotes whether the shell expands it. */
    private void delimiter(boolean stripsTabs) {
        while (lexer.ahead(0) == ' ' || lexer.ahead(0) == '\t') {
            lexer.skip(1);
        }
        StringBuilder word = new StringBuilder();
        boolean quoted = false;
        char quote = 0;
        while (!lexer.atEnd(0)) {
            char c = lexer.ahead(0);
            if (quote == 0 && " \t\n;&|<>()".indexOf(c) >= 0) {
                break;
            }
            lexer.skip(1);
            if (quote == 0 && (c == '\'' || c == '"')) {
                quote = c;
                quoted = true;
            } else if (quote == c) {
                quote = 0;
            } else if (c == '\\' && quote == 0 && !lexer.atEnd(0)) {
                word.append(lexer.ahead(0));
                quoted = true;
                lexer.skip(1);
            } else if (c == '\\' || c == '$' || c == '`' || c == '\n') {
                lexer.doubt("the word that ends this here-document is not plain", false);
            } else {
                word.append(c);
            }
        }
        if ((lexer.atEnd(0) && !lexer.endsScript()) || quote != 0 || word.isEmpty()) {
            lexer.doubt("a value cannot name the end of a here-document", false);
        }
        lexer.await(new ShellHereDocument(word.toString(), quoted, stripsTabs, lexer.enclosed(), command));
    }

    private void openParenthesis() throws Refused {
        if (command.brackets()) {
            command.endWord();
            lexer.skip(1);
        } else if (command.inWord()) {
            if (command.word().endsWith("=")) {
                lexer.openCommand(true, 1);
            } else if (lexer.ahead(1) == ')') {
                command.endWord();
                command.endCommand(false);
                lexer.skip(2);
            } else {
                // An extended pattern such as @(a|b): the word goes on after it.
                lexer.openCommand(false, 1);
            }
        } else if (command.inCasePattern()) {
            lexer.skip(1);
        } else if (lexer.ahead(1) == '(') {
            lexer.open(Kind.ARITHMETIC, false, 2);
        } else if (lexer.ahead(1) == ')' || (lexer.ahead(1) == ' ' && lexer.ahead(2) == ')')) {
            // "name ()"
            command.endCommand(false);
            lexer.skip(lexer.ahead(1) == ')' ? 2 : 3);
        } else {
            lexer.openCommand(false, 1);
        }
    }

    private void closeParenthesis() throws Refused {
        command.endWord();
        if (command.brackets()) {
            lexer.skip(1);
        } else if (command.inCasePattern()) {
            command.endCasePattern();
            lexer.skip(1);
        } else if (frame.parenthesised) {
            if (lexer.awaitsDocument()) {
                lexer.doubt("a here-document is announced and its parenthesis closes on the same line", false);
            }
            lexer.closeCommand();
        } else {
            lexer.doubt("a parenthesis closes that was not opened", false);
        }
    }
}
