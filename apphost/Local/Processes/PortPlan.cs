using System.Net;
using System.Net.Sockets;

namespace FundingFlows.Local;

/// <summary>Which instance listens where. All ports were free a moment ago.</summary>
/// <param name="Instances">By the names of instances.</param>
/// <param name="Issuer">Of the issuer of tokens.</param>
/// <param name="Gateway">The gateway's ports, also among the instances.</param>
public sealed record PortPlan(IReadOnlyDictionary<string, InstancePorts> Instances, int Issuer, InstancePorts Gateway)
{
    /// <summary>
    /// Below the ports that systems give to connections going out (from 32768 on Linux, 49152 elsewhere): of those, one that is free now
    /// may be somebody's the moment after, and that of an instance that starts again may be gone.
    /// </summary>
    private const int LowestFree = 10_000;
    private const int FreeRange = 22_000;

    /// <summary>Throws <see cref="LocalException"/> when a port that was asked for is in use.</summary>
    public static PortPlan Make(Topology topology, int port)
    {
        var held = new List<Socket>();
        try
        {
            // Held together, so that no two are the same; let go together, just before they are used.
            // The port that was asked for first: it is the one to name where it is in use.
            var http = Hold(held, port);
            var gateway = new InstancePorts(port == 0 ? Free(held) : Hold(held, port + 1), http);
            var issuer = port == 0 ? Free(held) : Hold(held, port + 2);
            var instances = topology.Instances.ToDictionary(
                instance => instance.Name,
                instance => instance.Service == ServiceKind.Gateway ? gateway : new InstancePorts(Free(held), Free(held)));
            return new PortPlan(instances, issuer, gateway);
        }
        finally
        {
            foreach (var socket in held)
                socket.Dispose();
        }
    }

    /// <summary>The first that nobody listens on, from where this process begins to look: hosts that start together begin apart.</summary>
    private static int Free(List<Socket> held)
    {
        for (var tried = 0; tried < FreeRange; tried++)
            if (TryHold(held, LowestFree + (int)(((Environment.ProcessId * 64L) + held.Count + tried) % FreeRange)) is { } port)
                return port;
        throw new LocalException($"No port between {LowestFree} and {LowestFree + FreeRange} is free.");
    }

    private static int Hold(List<Socket> held, int port) => port == 0
        ? Free(held)
        : TryHold(held, port) ?? throw new LocalException($"Port {port} is in use: end what uses it, or choose another with --port.");

    private static int? TryHold(List<Socket> held, int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            socket.Listen();
            held.Add(socket);
            return port;
        }
        catch (SocketException)
        {
            socket.Dispose();
            return null;
        }
    }
}
