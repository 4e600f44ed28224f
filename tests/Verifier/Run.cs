namespace FundingFlows.Verifier.Tests;

/// <summary>A run of the program: its exit code and what it printed.</summary>
internal sealed record Run(int Code, string Output, string Errors)
{
    public static async Task<Run> VerifyAsync(params string[] arguments)
    {
        var (output, errors) = (new StringWriter(), new StringWriter());
        var code = await VerifyCommand.RunAsync(arguments, output, errors);
        return new Run(code, output.ToString(), errors.ToString());
    }

    /// <summary>It holds, and says so.</summary>
    public void Holds()
    {
        Assert.True(Code == 0, Output + Errors);
        Assert.Empty(Errors);
    }

    /// <summary>It does not hold, and every part is in one line of what it says.</summary>
    public void Finds(params string[] parts)
    {
        Assert.True(Code == 1, $"Exit code {Code}, looking for {string.Join(" ... ", parts)} in:\n{Output}{Errors}");
        Assert.True(Output.Split('\n').Any(line => parts.All(part => line.Contains(part, StringComparison.Ordinal))), $"No line has {string.Join(" and ", parts)}:\n{Output}");
    }

    /// <summary>It cannot be read, and one sentence says why.</summary>
    public void CannotRead(string part)
    {
        Assert.Equal(2, Code);
        Assert.Contains(part, Errors, StringComparison.Ordinal);
        Assert.Single(Errors.TrimEnd().Split('\n'));
    }
}
