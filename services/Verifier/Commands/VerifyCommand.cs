using System.CommandLine;
using System.CommandLine.Help;

namespace FundingFlows.Verifier;

/// <summary>The command line of the verifier.</summary>
public static class VerifyCommand
{
    public const int Holds = 0;
    public const int DoesNotHold = 1;
    public const int CannotBeRead = 2;

    /// <summary>Runs a command line, and answers with the exit code.</summary>
    public static async Task<int> RunAsync(string[] arguments, TextWriter output, TextWriter errors)
    {
        var parsed = Create(output).Parse(arguments);
        if (parsed.Errors.Count > 0 && parsed.Action is not Manual)
        {
            foreach (var error in parsed.Errors)
                await errors.WriteLineAsync(error.Message);
            return CannotBeRead;
        }
        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = errors, EnableDefaultExceptionHandler = false });
        }
        catch (UnreadableException problem)
        {
            await errors.WriteLineAsync(problem.Message);
        }
        catch (OperationCanceledException)
        {
            // Ctrl-C.
        }
        return CannotBeRead;
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

    private static RootCommand Create(TextWriter output)
    {
        var root = new RootCommand(Manual.Overview) { JournalCommand.Create(output), ProofCommand.Create(output), TraceCommand.Create(output), EvidenceCommand.Create(output), ProveCommand.Create(output) };
        foreach (var option in root.Options.OfType<HelpOption>())
            option.Action = new Manual((HelpAction)option.Action!);
        return root;
    }
}
