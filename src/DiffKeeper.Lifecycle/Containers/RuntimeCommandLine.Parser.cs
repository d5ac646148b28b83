namespace DiffKeeper.Lifecycle.Containers;

internal readonly ref partial struct RuntimeCommandLine
{
    /// <summary>Reads an argv of NUL-terminated arguments, as the kernel holds it.</summary>
    /// <param name="argv">Every argument with its terminator. Its views are valid as long as this memory is.</param>
    /// <param name="truncated">Whether the argv was longer than what could be read.</param>
    public static RuntimeCommandLine Parse(ReadOnlySpan<byte> argv, bool truncated = false)
    {
        var parser = new Parser(argv, truncated);
        parser.ReadGlobals();
        parser.ReadVerbArguments();
        return parser.Finish();
    }

    private ref struct Parser(ReadOnlySpan<byte> argv, bool truncated)
    {
        private ArgvReader _reader = new(argv, truncated);
        private ReadOnlySpan<byte> _runtime;
        private RuntimeVerb _verb;
        private ReadOnlySpan<byte> _id;
        private bool _idMayBeOptionValue;
        private ReadOnlySpan<byte> _bundle;
        private ReadOnlySpan<byte> _root;
        private ReadOnlySpan<byte> _log;
        private ReadOnlySpan<byte> _pidFile;
        private CommandLineRejection _rejection;

        public void ReadGlobals()
        {
            if (!_reader.TryRead(out _runtime))
                return;

            Span<char> buffer = stackalloc char[OptionArgument.MaxNameLength];
            while (_reader.TryRead(out ReadOnlySpan<byte> argument))
            {
                if (OptionArgument.IsTerminator(argument))
                    continue;
                if (!OptionArgument.LooksLikeOption(argument))
                {
                    _verb = RuntimeVerbs.Parse(argument);
                    return;
                }

                OptionArgument option = OptionArgument.Parse(argument);
                RuntimeOption meaning = RuntimeOptions.Global(option.CopyName(buffer));
                if (meaning == RuntimeOption.Help)
                {
                    _verb = RuntimeVerb.Other;
                    return;
                }

                if (meaning == RuntimeOption.Unknown)
                    SkipValueOfUnknownGlobal(option);
                else
                    Take(meaning, option.Value, option.HasValue);
            }
        }

        public void ReadVerbArguments()
        {
            bool optionsEnded = false;
            while (RuntimeVerbs.TakesContainerId(_verb) && _reader.TryRead(out ReadOnlySpan<byte> argument))
            {
                if (!optionsEnded && OptionArgument.IsTerminator(argument))
                    optionsEnded = true;
                else if (!optionsEnded && OptionArgument.LooksLikeOption(argument))
                    TakeVerbOption(OptionArgument.Parse(argument));
                else if (_id.IsEmpty || _idMayBeOptionValue)
                    TakeId(argument);

                // Behind the ID of exec come the options of the command. Everywhere else runc 1.x sorts options to the front, wherever they stand.
                if (_rejection != CommandLineRejection.None || (_verb == RuntimeVerb.Exec && !_id.IsEmpty))
                    return;
            }
        }

        public readonly RuntimeCommandLine Finish()
        {
            CommandLineRejection rejection = RuntimeVerbs.TakesContainerId(_verb) ? Reject() : CommandLineRejection.None;
            return new RuntimeCommandLine
            {
                RuntimeName = _runtime[(_runtime.LastIndexOf((byte)'/') + 1)..],
                Verb = _verb,
                ContainerId = rejection == CommandLineRejection.None ? _id : default,
                Bundle = _bundle,
                Root = _root,
                Log = _log,
                PidFile = _pidFile,
                IsTruncated = _reader.IsTruncated,
                Rejection = rejection,
            };
        }

        private readonly CommandLineRejection Reject()
        {
            if (_rejection != CommandLineRejection.None)
                return _rejection;
            if (_reader.IsTruncated && (_id.IsEmpty || _idMayBeOptionValue))
                return CommandLineRejection.Truncated;
            return _id.IsEmpty ? CommandLineRejection.MissingId : CommandLineRejection.None;
        }

        private void TakeId(ReadOnlySpan<byte> argument)
        {
            _id = argument;
            _idMayBeOptionValue = false;
            if (!Containers.ContainerId.IsValid(argument))
                _rejection = CommandLineRejection.InvalidId;
        }

        private void TakeVerbOption(OptionArgument option)
        {
            Span<char> buffer = stackalloc char[OptionArgument.MaxNameLength];
            RuntimeOption meaning = RuntimeOptions.OfVerb(_verb, option.CopyName(buffer));
            if (meaning == RuntimeOption.Help)
                _verb = RuntimeVerb.Other;
            else if (meaning != RuntimeOption.Unknown)
                Take(meaning, option.Value, option.HasValue);
            else if (!option.IsSingleDash || !TryTakeLetters(option.Name))
                WeighValueOfUnknown(option);
        }

        /// <summary>Reads crun's joined letters: <c>-db DIR</c>, <c>-bDIR</c>.</summary>
        private bool TryTakeLetters(ReadOnlySpan<byte> letters)
        {
            for (int i = 0; i < letters.Length; i++)
            {
                RuntimeOption meaning = RuntimeOptions.OfVerb(_verb, [(char)letters[i]]);
                if (meaning is RuntimeOption.Unknown or RuntimeOption.Help)
                    return false;
                if (meaning == RuntimeOption.Flag)
                    continue;

                ReadOnlySpan<byte> value = letters[(i + 1)..];
                Take(meaning, value, hasValue: !value.IsEmpty);
                return true;
            }

            return true;
        }

        private void Take(RuntimeOption meaning, ReadOnlySpan<byte> value, bool hasValue)
        {
            if (meaning == RuntimeOption.Flag || (!hasValue && !_reader.TryRead(out value)))
                return;

            switch (meaning)
            {
                case RuntimeOption.Bundle:
                    _bundle = value;
                    break;
                case RuntimeOption.PidFile:
                    _pidFile = value;
                    break;
                case RuntimeOption.Root:
                    _root = value;
                    break;
                case RuntimeOption.Log:
                    _log = value;
                    break;
            }
        }

        /// <summary>Before the verb, the next argument is the option's value unless it is the verb or another option.</summary>
        private void SkipValueOfUnknownGlobal(OptionArgument option)
        {
            if (!option.HasValue
                && _reader.TryPeek(out ReadOnlySpan<byte> next)
                && !OptionArgument.LooksLikeOption(next)
                && RuntimeVerbs.Parse(next) == RuntimeVerb.Other)
            {
                _reader.TryRead(out _);
            }
        }

        /// <summary>
        /// After the verb, the next argument is the option's value where it can't be an ID. Where it can, it is the ID as long as no other follows,
        /// which tells only for the verbs that take nothing else.
        /// </summary>
        private void WeighValueOfUnknown(OptionArgument option)
        {
            bool idIsKnown = !_id.IsEmpty && !_idMayBeOptionValue;
            if (option.HasValue || idIsKnown || !_reader.TryPeek(out ReadOnlySpan<byte> next) || OptionArgument.LooksLikeOption(next))
                return;

            if (!Containers.ContainerId.IsValid(next))
            {
                _reader.TryRead(out _);
            }
            else if (RuntimeVerbs.TakesMoreThanId(_verb))
            {
                _rejection = CommandLineRejection.UnknownOption;
            }
            else
            {
                _reader.TryRead(out _id);
                _idMayBeOptionValue = true;
            }
        }
    }
}
