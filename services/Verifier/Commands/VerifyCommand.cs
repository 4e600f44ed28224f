using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using System.Globalization;

namespace FundingFlows.Verifier;

/// <summary>The command line of the verifier.</summary>
public static class VerifyCommand
{
    public const int Holds = 0;
    public const int DoesNotHold = 1;
    public const int CannotBeRead = 2;
    private const string PatienceOption = "--patience";

    /// <summary>Runs a command line, and answers with the exit code.</summary>
    public static async Task<int> RunAsync(string[] arguments, TextWriter output, TextWriter errors)
    {
        var (said, problems) = (new Lines(output), new Lines(errors));
        var parsed = Create(said, problems).Parse(arguments);
        if (parsed.Errors.Count > 0 && parsed.Action is not Manual)
        {
            foreach (var error in parsed.Errors)
                await problems.WriteLineAsync(error.Message);
            return CannotBeRead;
        }
        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = errors, EnableDefaultExceptionHandler = false });
        }
        catch (UnreadableException problem)
        {
            await problems.WriteLineAsync(problem.Message);
        }
        catch (OperationCanceledException)
        {
            // Ctrl-C.
        }
#pragma warning disable CA1031 // Whatever strangers have written, it ends in a sentence.
        catch (Exception problem)
#pragma warning restore CA1031
        {
            await problems.WriteLineAsync($"It cannot be checked, by a fault of this program: {problem.Message}");
        }
        return CannotBeRead;
    }

    /// <summary>How long the command line waits for each file.</summary>
    internal static Patience PatienceIn(ParseResult parsed) => new(TimeSpan.FromSeconds(parsed.GetValue<int>(PatienceOption)));

    /// <summary>An option's number must be at least so much.</summary>
    internal static void RefuseBelow(OptionResult given, long least)
    {
        if (given.Tokens is [var token] && !(long.TryParse(token.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least))
            given.AddError($"{given.Option.Name} must be a number, at least {least}; {token.Value} is not.");
    }

    /// <summary>An option for keys of journals, each checked as it is read.</summary>
    internal static Option<VerifierKey[]> Keys(string name, string description) =>
        Keys(name, description, "journal", text => VerifierKey.TryParse(text, out var key) ? key : null);

    /// <summary>The same for keys of witnesses.</summary>
    internal static Option<CosignerKey[]> WitnessKeys(string name, string description) =>
        Keys(name, description, "witness", text => CosignerKey.TryParse(text, out var key) ? key : null);

    private static Option<T[]> Keys<T>(string name, string description, string whose, Func<string, T?> read)
        where T : class => new(name)
        {
            Description = description,
            HelpName = "VKEY",
            Arity = ArgumentArity.ZeroOrMore,
            DefaultValueFactory = _ => [],
            CustomParser = given =>
            {
                var keys = new List<T>();
                foreach (var token in given.Tokens)
                    if (read(token.Value) is { } key)
                        keys.Add(key);
                    else
                        given.AddError($"{name} must be the key of a {whose}, written as name+id+base64 (C2SP vkey); {token.Value} is not.");
                return [.. keys];
            },
        };

    private static RootCommand Create(Lines output, Lines errors)
    {
        var patience = new Option<int>(PatienceOption)
        {
            Description = "How long to wait for each file, from its first byte to its last.",
            HelpName = "SECONDS",
            DefaultValueFactory = _ => 30,
            Recursive = true,
        };
        patience.Validators.Add(given => RefuseBelow(given, 1));
        var root = new RootCommand(Manual.Overview)
        {
            JournalCommand.Create(output, errors), ProofCommand.Create(output), TraceCommand.Create(output), EvidenceCommand.Create(output), ProveCommand.Create(output),
            AllocationCommand.Create(output), patience,
        };
        foreach (var option in root.Options.OfType<HelpOption>())
            option.Action = new Manual((HelpAction)option.Action!);
        return root;
    }
}
