using System.Net;
using System.Net.Sockets;

namespace FundingFlows.Support;

/// <summary>
/// A port for a program that must be told one. Somebody else may take it before the program does, so whoever starts one tries again with another.
/// </summary>
public static class FreePort
{
    private const int Tries = 5;

    /// <summary>Starts a program and waits until it serves. One that ends before is started again elsewhere, a few times.</summary>
    public static async Task<(LeashedProcess Process, T Ports)> StartAsync<T>(Func<T> choose, Func<T, LeashedProcess> start, Func<T, Task<bool>> serves)
    {
        for (var i = 1; ; i++)
        {
            var ports = choose();
            var process = start(ports);
            await Wait.UntilAsync(async () => process.HasEnded || await serves(ports), enough => enough, "a program that serves");
            if (!process.HasEnded)
                return (process, ports);
            await process.DisposeAsync();
            if (i == Tries)
                throw new InvalidOperationException($"It ends at each start: {process.Said}");
        }
    }

    public static int Choose()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public static async Task<bool> AnswersAsync(int port)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
