// SPDX-License-Identifier: Apache-2.0

/// What virtual MFA devices are given beside their seeds.
enum VirtualDevice {
    /// How far off a device's clock may be, in steps of its passwords; and where it is being set right.
    static let reach: Int64 = 1
    static let resyncReach: Int64 = 40

    /// The smallest PNG, one white point: it stands where AWS draws the seed, which goes beside it as text.
    static let picture: [UInt8] = [
        0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0x0D, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1, 0, 0, 0, 1,
        8, 0, 0, 0, 0, 0x3A, 0x7E, 0x9B, 0x55, 0, 0, 0, 0x0A, 0x49, 0x44, 0x41, 0x54, 0x78, 0x9C, 0x63, 0xF8, 0x0F, 0,
        1, 1, 1, 0, 0x1B, 0xB6, 0xEE, 0x56, 0, 0, 0, 0, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82,
    ]
}
