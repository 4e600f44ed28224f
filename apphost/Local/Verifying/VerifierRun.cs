using System.Diagnostics;

namespace FundingFlows.Local;

/// <summary>A run of the stand-alone verifier, in a process of its own: its exit code, and what it printed.</summary>
internal sealed record VerifierRun(int Code, string Output, string Errors)
{
    /// <summary>The exit code of a run that could not read what it was to check.</summary>
    public const int CannotBeRead = 2;

    public static async Task<VerifierRun> StartAsync(IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(BuiltProgram.Dotnet, [BuiltProgram.PathOf("Verifier", "verify"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        try
        {
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(cancellation), process.StandardError.ReadToEndAsync(cancellation));
            await process.WaitForExitAsync(cancellation);
            return new VerifierRun(process.ExitCode, await output, await errors);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }
}
